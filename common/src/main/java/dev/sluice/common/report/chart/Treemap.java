package dev.sluice.common.report.chart;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Ranking;
import dev.sluice.common.report.Smallest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Amounts as tiles whose areas are as the amounts, as wide as the page; tiles of a group lie
 * together below the group's name. Where names have no room, pointing at a tile tells it.
 *
 * <p>Memory and page are bounded: the largest tiles are drawn, up to {@value #TILES}, and all
 * others together are one. Not thread-safe.
 */
public final class Treemap implements Piece {
  /** Tiles that are drawn at most, but for the one of all others. */
  public static final int TILES = 300;

  private final String title;
  private final String noun;
  private final LongFunction<String> format;
  private final Smallest<Tile> largest =
      new Smallest<>(
          TILES,
          Comparator.<Tile>comparingLong(tile -> -tile.value)
              .thenComparing(tile -> tile.group)
              .thenComparing(tile -> tile.name));
  private final Map<String, Long> kinds = new HashMap<>();
  private long others;
  private long otherValue;
  private long count;

  /**
   * A map without tiles.
   *
   * @param title for those who do not see it
   * @param noun what a tile is: {@code partition}
   * @param format how amounts are written
   */
  public Treemap(String title, String noun, LongFunction<String> format) {
    this.title = title;
    this.noun = noun;
    this.format = format;
  }

  /**
   * Adds a tile; one without an amount is counted and not drawn.
   *
   * @param group tiles of one lie together; empty for none
   * @param kind tiles of one have the same colour; empty for the first colour
   * @param name within the group
   * @param value not negative
   * @param hover the whole name, and more
   */
  public Treemap tile(String group, String kind, String name, long value, String hover) {
    count++;
    if (value > 0) {
      largest
          .offer(new Tile(group, kind, name, value, hover))
          .ifPresent(
              smallest -> {
                others++;
                otherValue += smallest.value;
              });
    }
    return this;
  }

  @Override
  public void write(Markup html) {
    List<Tile> tiles = largest.sorted();
    kinds.clear();
    tiles.forEach(tile -> kinds.merge(tile.kind, tile.value, Long::sum));
    List<String> colours = new ArrayList<>();
    Ranking.of(kinds).stream().map(Map.Entry::getKey).limit(Legend.COLOURS).forEach(colours::add);
    if (colours.size() > 1) {
      Legend.write(html, colours);
    }
    StringBuilder words = new StringBuilder(title);
    words.append(": ").append(Figures.count(count, noun));
    tiles.stream()
        .limit(5)
        .forEach(tile -> words.append("; ").append(tile.hover.replace('\n', ' ')));
    Canvas.write(html, Room.PAGE, words.toString(), new TreemapDrawing(tiles(tiles), colours));
  }

  private List<Tile> tiles(List<Tile> drawn) {
    List<Tile> all = new ArrayList<>(drawn);
    if (others > 0) {
      String name = Figures.count(others, "smaller " + noun);
      all.add(new Tile("", "", name, otherValue, name + "\n" + format.apply(otherValue)));
    }
    return all;
  }

  /** Immutable. */
  static final class Tile {
    final String group;
    final String kind;
    final String name;
    final long value;
    final String hover;

    Tile(String group, String kind, String name, long value, String hover) {
      this.group = group;
      this.kind = kind;
      this.name = name;
      this.value = value;
      this.hover = hover;
    }
  }
}
