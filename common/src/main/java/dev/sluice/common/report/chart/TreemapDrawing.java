package dev.sluice.common.report.chart;

import dev.sluice.common.report.chart.Treemap.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tiles within groups within the drawing, all laid out by {@link Tiles}. Immutable. */
final class TreemapDrawing implements Drawing {
  private static final double GAP = 2;
  private static final double HEAD = 17;
  private static final double LEAST_GROUP = 30;

  private final List<List<Tile>> groups;
  private final List<String> colours;

  /**
   * @param colours kinds that have a colour of their own
   */
  TreemapDrawing(List<Tile> tiles, List<String> colours) {
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
    List<double[]> boxes = Tiles.of(sums, all);
    boolean flat = groups.size() == 1 || groups.stream().allMatch(group -> group.size() == 1);
    for (int i = 0; i < boxes.size(); i++) {
      group(canvas, groups.get(i), boxes.get(i), flat);
    }
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
    String kind = tile.group.isEmpty() && colour < 0 ? "rest" : Legend.colour(Math.max(0, colour));
    double width = Math.max(0.5, box[2] - 1);
    double height = Math.max(0.5, box[3] - 1);
    canvas.rectangle("tile " + kind, new double[] {box[0], box[1], width, height}, tile.hover);
    if (height < 18) {
      return;
    }
    String name = grouped || tile.group.isEmpty() ? tile.name : tile.group + "/" + tile.name;
    String shown = Canvas.fitted(name, width - 10);
    if (!shown.isEmpty()) {
      canvas.text("start label", box[0] + 5, box[1] + 14, shown);
    }
  }
}
