package dev.sluice.benchmarks;

import dev.sluice.common.source.file.FileObjectSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;

/**
 * What monitoring a folder costs the JobManager: heap and checkpoint bytes per object, and the time
 * of a listing, for {@link FileObjectSource} and for Flink's own {@link FileSource}.
 *
 * <p>Arguments: number of objects (100,000), work folder (a temporary one). Prints a Markdown
 * table. Objects are empty files in 10 folders with names of 30 characters. Heap is that in use
 * after collections, less that before the first listing.
 */
public final class DiscoveryCost {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int PENDING_LIMIT = 100_000;

  private final List<org.apache.flink.core.fs.Path> inputs;
  private final int objects;

  private DiscoveryCost(Path folder, int objects) {
    this.inputs = List.of(new org.apache.flink.core.fs.Path(folder.toUri()));
    this.objects = objects;
  }

  /** Measures; the folder is deleted at the end if it was made here. */
  public static void main(String[] args) throws Exception {
    int objects = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("discovery-cost");
    long now = System.currentTimeMillis();
    // Objects of ten days: one in 240 is younger than the window before the last.
    create(folder, objects, now - Duration.ofDays(10).toMillis(), now);
    try {
      System.out.println(
          "| source | objects | state | heap B/object | checkpoint B/object |"
              + " listing ms/1,000 |");
      System.out.println("| --- | --- | --- | --- | --- | --- |");
      DiscoveryCost cost = new DiscoveryCost(folder, objects);
      // Twice, so that the second round runs compiled code; only that counts.
      for (boolean print : new boolean[] {false, true}) {
        cost.measure("FileSource (Flink)", cost.flink(), "spread over 10 days", print);
        cost.measure("FileObjectSource", cost.ours(), "spread over 10 days", print);
      }
      create(folder, objects, now - Duration.ofMinutes(30).toMillis(), now);
      cost.measure("FileSource (Flink)", cost.flink(), "all inside the window", true);
      cost.measure("FileObjectSource", cost.ours(), "all inside the window", true);
    } finally {
      if (args.length < 2) {
        delete(folder);
      }
    }
  }

  private Source<?, FileSourceSplit, ?> flink() {
    return FileSource.forRecordStreamFormat(
            new TextLineInputFormat(), inputs.toArray(new org.apache.flink.core.fs.Path[0]))
        .monitorContinuously(INTERVAL)
        .build();
  }

  private Source<?, FileSourceSplit, ?> ours() {
    return FileObjectSource.builder(inputs)
        .monitor(INTERVAL, WINDOW)
        .pendingLimit(PENDING_LIMIT)
        .build();
  }

  private <C> void measure(
      String name, Source<?, FileSourceSplit, C> source, String spread, boolean print)
      throws Exception {
    long before = heap();
    DrivenEnumeratorContext context = new DrivenEnumeratorContext();
    SplitEnumerator<FileSourceSplit, C> enumerator = source.createEnumerator(context);
    enumerator.start();
    context.list();
    long waiting = heap() - before;
    int waitingBytes = checkpointBytes(source, enumerator);

    int assigned = context.assignAll(enumerator);
    long read = heap() - before;
    int readBytes = checkpointBytes(source, enumerator);
    long start = System.nanoTime();
    context.list();
    double listing = (System.nanoTime() - start) / 1e6;

    if (assigned != objects) {
      throw new IllegalStateException(assigned + " of " + objects + " objects were assigned");
    }
    if (print) {
      print(name, "waiting; " + spread, waiting, waitingBytes, context.firstListingMillis());
      print(name, "read; " + spread, read, readBytes, listing);
    }
  }

  private void print(String name, String state, long heap, int checkpoint, double listingMillis) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %s | %.0f | %.2f | %.1f |%n",
        name,
        objects,
        state,
        (double) Math.max(0, heap) / objects,
        (double) checkpoint / objects,
        listingMillis * 1000 / objects);
  }

  private static <C> int checkpointBytes(
      Source<?, FileSourceSplit, C> source, SplitEnumerator<FileSourceSplit, C> enumerator)
      throws Exception {
    return source
        .getEnumeratorCheckpointSerializer()
        .serialize(enumerator.snapshotState(1L))
        .length;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Makes them, or only their modification times anew. */
  private static void create(Path folder, int objects, long from, long to) throws IOException {
    for (int i = 0; i < objects; i++) {
      Path file = folder.resolve("day-" + i % 10).resolve(String.format("photo-%020d.jpg", i));
      if (i < 10) {
        Files.createDirectories(file.getParent());
      }
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Files.setLastModifiedTime(file, FileTime.fromMillis(from + (to - from) / objects * i));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.forEach(all::add);
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }
}
