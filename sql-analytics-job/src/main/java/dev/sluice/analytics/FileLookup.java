package dev.sluice.analytics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Looks rows of a file up. All of it is in memory, once per subtask, and is read anew with the
 * first lookup after the reload time; a file that cannot be read then fails the task, as at the
 * start. A key may have several rows; rows without a key are left out, as they are equal to none.
 *
 * <p>Lines that the format ignores are left out too, and counted: {@code skippedLines}.
 */
public final class FileLookup extends LookupFunction {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final long reloadNanos;
  private final DeserializationSchema<RowData> decoder;
  private final RowType type;
  private final int[] keys;

  private transient Map<RowData, List<RowData>> rows;
  private transient long loadedAt;
  private transient Counter skippedLines;

  FileLookup(
      String path,
      Duration reload,
      DeserializationSchema<RowData> decoder,
      RowType type,
      int[] keys) {
    this.path = path;
    this.reloadNanos = reload.toNanos();
    this.decoder = decoder;
    this.type = type;
    this.keys = keys.clone();
    this.rows = Map.of();
    this.skippedLines = new SimpleCounter();
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    decoder.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return context.getMetricGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(FileLookup.class.getClassLoader());
          }
        });
    skippedLines = context.getMetricGroup().counter("skippedLines");
    rows = read();
    loadedAt = System.nanoTime();
  }

  @Override
  public Collection<RowData> lookup(RowData key) throws IOException {
    long now = System.nanoTime();
    if (now - loadedAt >= reloadNanos) {
      rows = read();
      loadedAt = now;
    }
    GenericRowData wanted = new GenericRowData(keys.length);
    for (int i = 0; i < keys.length; i++) {
      wanted.setField(i, RowData.createFieldGetter(type.getTypeAt(keys[i]), i).getFieldOrNull(key));
    }
    return rows.getOrDefault(wanted, List.of());
  }

  private Map<RowData, List<RowData>> read() throws IOException {
    Map<RowData, List<RowData>> found = new HashMap<>();
    Path file = new Path(path);
    int number = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem().open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          RowData row = decoder.deserialize(line.getBytes(StandardCharsets.UTF_8));
          if (row == null) {
            skippedLines.inc();
          } else {
            add(row, found);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot read line " + (number == 0 ? 1 : number) + " of '" + path + "'", e);
    }
    return found;
  }

  private void add(RowData row, Map<RowData, List<RowData>> found) {
    GenericRowData key = new GenericRowData(keys.length);
    for (int i = 0; i < keys.length; i++) {
      Object part = RowData.createFieldGetter(type.getTypeAt(keys[i]), keys[i]).getFieldOrNull(row);
      if (part == null) {
        return;
      }
      key.setField(i, part);
    }
    found.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
  }
}
