package dev.sluice.common.operator.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How the drops of this package are related to those of the posts' pattern as it was printed. */
class DropsOfThePostsTest {
  private static final double DROP = 500;
  private static final long WITHIN = 10;

  @Test
  void theyAreTheSameInTheTableOfThePosts() {
    List<PlainDrops.Row> rows = rows(List.of(800, 400, 500, 350, 200));

    assertThat(posts(rows))
        .isEqualTo(PlainDrops.of(rows, DROP, WITHIN))
        .containsExactly(new PlainDrops.Drop(rows.get(0), rows.get(4)));
  }

  /** Neither form sees a fall that the other one does not. */
  @Property(tries = 5_000)
  void eachDropOfOneFormOverlapsWithOneOfTheOther(
      @ForAll @Size(max = 40) List<@IntRange(max = 1_500) Integer> prices) {
    List<PlainDrops.Row> rows = rows(prices);
    List<PlainDrops.Drop> posts = posts(rows);
    List<PlainDrops.Drop> ours = PlainDrops.of(rows, DROP, WITHIN);

    assertThat(posts).allMatch(drop -> ours.stream().anyMatch(other -> overlap(drop, other)));
    assertThat(ours).allMatch(drop -> posts.stream().anyMatch(other -> overlap(drop, other)));
  }

  private static boolean overlap(PlainDrops.Drop one, PlainDrops.Drop other) {
    return one.from().time() <= other.to().time() && other.from().time() <= one.to().time();
  }

  /** A row each unit of time. */
  private static List<PlainDrops.Row> rows(List<Integer> prices) {
    List<PlainDrops.Row> rows = new ArrayList<>();
    prices.forEach(price -> rows.add(new PlainDrops.Row(rows.size(), price)));
    return rows;
  }

  /**
   * The matches of (A B* C), B above A - 500, from the first row on; each behind the one before.
   */
  private static List<PlainDrops.Drop> posts(List<PlainDrops.Row> rows) {
    List<PlainDrops.Drop> found = new ArrayList<>();
    int start = 0;
    while (start < rows.size()) {
      PlainDrops.Row a = rows.get(start);
      int end = start + 1;
      while (end < rows.size() && rows.get(end).price() > a.price() - DROP) {
        end++;
      }
      boolean complete = end < rows.size() && rows.get(end).time() - a.time() < WITHIN;
      if (complete) {
        found.add(new PlainDrops.Drop(a, rows.get(end)));
      }
      start = complete ? end + 1 : start + 1;
    }
    return found;
  }
}
