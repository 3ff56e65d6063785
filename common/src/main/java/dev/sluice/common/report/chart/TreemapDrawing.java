package dev.sluice.common.report.chart;

import dev.sluice.common.report.chart.Treemap.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Tiles within groups within the drawing, all laid out by {@link Tiles}. Immutable. */
final class TreemapDrawing implements Drawing {
  private static final double GAP = 2;
  private static final double HEAD = 17;
  private static final double LEAST_GROUP = 30;

  private final List<List<Tile>> groups;
  private final Optional<Tile> others;
  private final List<String> colours;

  /**
   * @param others what stands for all that are not drawn, behind the others
   * @param colours kinds that have a colour of their own
   */
  TreemapDrawing(List<Tile> tiles, Optional<Tile> others, List<String> colours) {
    this.others = others;
    this.colours = colours;
    Map<String, List<Tile>> byGroup = new LinkedHashMap<>();
    for (Tile tile : tiles) {
      // What has no group stands alone.
      String group = tile.group.isEmpty() ? "\n" + byGroup.size() : tile.group;
      byGroup.computeIfAbsent(group, name -> new ArrayList<>()).add(tile);
    }
    groups = new ArrayList<>(byGroup.values());
    groups.sort(Comparator.comparingDouble(group -> -sum(group)));
  }

  private static double sum(List<Tile> tiles) {
    return tiles.stream().mapToDouble(tile -> tile.value).sum();
  }

  @Override
  public double height(double width) {
    return Math.max(380, width * 0.46);
  }

  @Override
  public void draw(Canvas canvas) {
    double[] sums = groups.stream().mapToDouble(TreemapDrawing::sum).toArray();
    double[] all = {0, 0, canvas.width + GAP, canvas.height + GAP};
    if (others.isPresent()) {
      all = besideOthers(canvas, others.get(), DoubleStream.of(sums).sum(), all);
    }
    List<double[]> boxes = Tiles.of(sums, all);
    boolean flat = groups.size() == 1 || groups.stream().allMatch(group -> group.size() == 1);
    for (int i = 0; i < boxes.size(); i++) {
      group(canvas, groups.get(i), boxes.get(i), flat);
    }
  }

  /** Draws the others at the end of the longer side, and gives back what is left. */
  private double[] besideOthers(Canvas canvas, Tile rest, double drawn, double[] all) {
    double left = drawn / (drawn + rest.value);
    if (all[2] >= all[3]) {
      double width = all[2] * left;
      tile(canvas, rest, new double[] {width, 0, all[2] - width - GAP, all[3] - GAP}, true);
      return new double[] {0, 0, width, all[3]};
    }
    double height = all[3] * left;
    tile(canvas, rest, new double[] {0, height, all[2] - GAP, all[3] - height - GAP}, true);
    return new double[] {0, 0, all[2], height};
  }

  private void group(Canvas canvas, List<Tile> tiles, double[] box, boolean flat) {
    double[] inner = {box[0], box[1], box[2] - GAP, box[3] - GAP};
    String head = tiles.get(0).group;
    boolean headed = !flat && !head.isEmpty() && inner[2] >= LEAST_GROUP && inner[3] >= LEAST_GROUP;
    if (headed) {
      canvas.text("start group", inner[0] + 1, inner[1] + 12, Canvas.fitted(head, inner[2] - 2));
      inner = new double[] {inner[0], inner[1] + HEAD, inner[2], inner[3] - HEAD};
    }
    List<double[]> boxes =
        Tiles.of(tiles.stream().mapToDouble(tile -> tile.value).toArray(), inner);
    for (int i = 0; i < boxes.size(); i++) {
      tile(canvas, tiles.get(i), boxes.get(i), headed || head.isEmpty());
    }
  }

  private void tile(Canvas canvas, Tile tile, double[] box, boolean grouped) {
    int colour = colours.indexOf(tile.kind);
    boolean rest = others.filter(tile::equals).isPresent();
    String kind = rest ? "rest" : Legend.colour(Math.max(0, colour));
    double width = Math.max(0.5, box[2] - 1);
    double height = Math.max(0.5, box[3] - 1);
    canvas.rectangle("tile " + kind, new double[] {box[0], box[1], width, height}, tile.hover);
    if (height < 18) {
      return;
    }
    String name = grouped || tile.group.isEmpty() ? tile.name : tile.group + "/" + tile.name;
    if (Canvas.widthOf(name) <= width - 8) { // the beginning of a date, say, tells nothing
      canvas.text("start label", box[0] + 5, box[1] + 14, name);
    }
  }
}
