package dev.sluice.partitioning.plan;

import dev.sluice.partitioning.format.ObjectFormat;
import dev.sluice.partitioning.plan.PlanEstimate.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes rows of a sample as objects of the expected size, and throws them away. */
final class TrialCompression {
  /** Enough for a ratio, and few enough for a format that needs milliseconds for each. */
  private static final int MOST_OBJECTS = 200;

  private TrialCompression() {}

  /**
   * Measures how rows shrink, or grow by what the format adds.
   *
   * @param rows those of a partition together
   * @param bytesPerObject of rows; small objects compress worse than large ones
   */
  static Compression of(ObjectFormat format, List<byte[]> rows, double bytesPerObject)
      throws IOException {
    List<List<byte[]>> objects = objects(rows, bytesPerObject);
    int step = Math.max(1, (objects.size() + MOST_OBJECTS - 1) / MOST_OBJECTS);
    double before = 0;
    CountedBytes after = new CountedBytes();
    for (int i = 0; i < objects.size(); i += step) {
      List<byte[]> object = objects.get(i);
      before += object.stream().mapToLong(row -> row.length).sum();
      format.write(new ListedRows(object), after);
    }
    return new Compression(before == 0 ? 1 : after.count / before, format.isConcatenable());
  }

  private static List<List<byte[]>> objects(List<byte[]> rows, double bytesPerObject) {
    List<List<byte[]>> objects = new ArrayList<>();
    int first = 0;
    double bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += rows.get(i).length;
      if (bytes >= bytesPerObject) {
        objects.add(rows.subList(first, i + 1));
        first = i + 1;
        bytes = 0;
      }
    }
    if (objects.isEmpty() && !rows.isEmpty()) {
      objects.add(rows); // less than an object; a rest behind whole ones would only blur them
    }
    return objects;
  }

  private static final class ListedRows implements ObjectFormat.Rows {
    private final List<byte[]> rows;
    private int current = -1;

    private ListedRows(List<byte[]> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      current++;
      return current < rows.size();
    }

    @Override
    public byte[] array() {
      return rows.get(current);
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return array().length;
    }
  }

  private static final class CountedBytes extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
