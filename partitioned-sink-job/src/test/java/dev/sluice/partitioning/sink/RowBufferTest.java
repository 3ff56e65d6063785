package dev.sluice.partitioning.sink;

import static dev.sluice.partitioning.sink.SegmentPool.SEGMENT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowBufferTest {
  private final SegmentPool pool = new SegmentPool(16L << 20);

  @Property(tries = 300)
  void givesBackTheRowsAndTakesTheSegmentsThatItSaid(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 20_000) Integer> lengths) {
    RowBuffer buffer = new RowBuffer();
    List<byte[]> rows = rows(lengths);
    for (byte[] row : rows) {
      int needed = buffer.segmentsFor(row.length);
      int before = buffer.segments();
      buffer.append(row, pool);
      assertThat(buffer.segments() - before).isEqualTo(needed);
    }

    assertSame(buffer.cursor(), rows);
    assertThat(buffer.rows()).isEqualTo(rows.size());
    assertThat(buffer.bytes()).isEqualTo(rows.stream().mapToLong(row -> row.length).sum());
    assertThat(pool.takenBytes()).isEqualTo((long) buffer.segments() * SEGMENT_BYTES);
    buffer.release(pool);
    assertThat(pool.takenBytes()).isZero();
    assertThat(buffer.cursor().next()).isFalse();
  }

  @Property(tries = 300)
  void forgetsPassedRowsAndKeepsThoseBehind(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 9_000) Integer> lengths,
      @ForAll @IntRange(min = 0, max = 60) int passed,
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 9_000) Integer> more) {
    RowBuffer buffer = new RowBuffer();
    List<byte[]> rows = rows(lengths);
    rows.forEach(row -> buffer.append(row, pool));
    RowCursor cursor = buffer.cursor();
    int dropped = Math.min(passed, rows.size());
    for (int i = 0; i < dropped; i++) {
      cursor.next();
    }
    List<byte[]> later = rows(more);
    later.forEach(row -> buffer.append(row, pool)); // while the cursor is under way

    buffer.dropPassed(cursor, pool);

    List<byte[]> rest = new ArrayList<>(rows.subList(dropped, rows.size()));
    rest.addAll(later);
    assertSame(buffer.cursor(), rest);
    assertThat(buffer.rows()).isEqualTo(rest.size());
    buffer.append(new byte[5000], pool);
    rest.add(new byte[5000]);
    assertSame(buffer.cursor(), rest);
    assertThat(pool.takenBytes()).isEqualTo((long) buffer.segments() * SEGMENT_BYTES);
    buffer.release(pool);
  }

  @Test
  void aCursorDoesNotSeeLaterRowsAndCanBeginAgain() {
    RowBuffer buffer = new RowBuffer();
    buffer.append(new byte[] {1}, pool);
    RowCursor cursor = buffer.cursor();
    buffer.append(new byte[] {2}, pool);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.next()).isFalse();
    assertThat(cursor.passedRows()).isEqualTo(1);
    assertThat(cursor.again().next()).isTrue();
  }

  @Test
  void aSmallRowCostsOneSegment() {
    RowBuffer buffer = new RowBuffer();

    buffer.append(new byte[300], pool);

    assertThat(pool.takenBytes()).isEqualTo(4096);
    assertThat(RowBuffer.segmentsForFirst(300)).isEqualTo(1);
    assertThat(RowBuffer.segmentsForFirst(SEGMENT_BYTES - 2)).isEqualTo(1);
    assertThat(RowBuffer.segmentsForFirst(SEGMENT_BYTES - 1)).isEqualTo(2);
  }

  @Test
  void thePoolGivesNoMoreThanItsBytes() {
    SegmentPool small = new SegmentPool(3 * SEGMENT_BYTES + 100);
    for (int i = 0; i < 3; i++) {
      small.take();
    }

    assertThat(small.available()).isZero();
    assertThatThrownBy(small::take).isInstanceOf(IllegalStateException.class);
  }

  private static List<byte[]> rows(List<Integer> lengths) {
    Random random = new Random(lengths.hashCode());
    List<byte[]> rows = new ArrayList<>();
    for (int length : lengths) {
      byte[] row = new byte[length];
      random.nextBytes(row);
      rows.add(row);
    }
    return rows;
  }

  private static void assertSame(RowCursor cursor, List<byte[]> rows) {
    for (byte[] row : rows) {
      assertThat(cursor.next()).isTrue();
      int end = cursor.offset() + cursor.length();
      assertThat(Arrays.copyOfRange(cursor.array(), cursor.offset(), end)).isEqualTo(row);
    }
    assertThat(cursor.next()).isFalse();
  }
}
