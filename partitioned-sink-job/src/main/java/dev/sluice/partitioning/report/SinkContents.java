package dev.sluice.partitioning.report;

import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.common.report.DeadLetterGroups;
import dev.sluice.common.report.Smallest;
import dev.sluice.common.report.chart.Treemap;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is read of a run, in memory that grows neither with its objects nor with its partitions.
 *
 * <p>All objects are listed. Their content is read for counts of records and for dead letters until
 * {@link #READ_BYTES} have been read; what is known no longer exactly after that says so.
 */
final class SinkContents {
  /** Bytes of objects, as they are stored, that are read. */
  static final long READ_BYTES = 512L << 20;

  private static final int EXAMPLES = 3;
  private static final int EXAMPLE_BYTES = 240;

  final DeadLetterGroups deadLetters = new DeadLetterGroups(EXAMPLES, EXAMPLE_BYTES);
  final ObjectSizes sizes = new ObjectSizes();
  final PrefixLevels levels = new PrefixLevels();
  long objects;
  long bytes;
  long partitions;
  long smallerBytes;

  /** Lines of all objects; -1 if some could not be counted. */
  long records;

  /** Objects of dead letters. */
  long errorObjects;

  /** Objects of dead letters that were not read. */
  long unreadErrorObjects;

  /** Objects in the folder that are older than the run. */
  long older;

  /** Whether the whole folder was listed. */
  boolean complete;

  private final Smallest<PartitionTotals> largest =
      new Smallest<>(
          Treemap.TILES,
          Comparator.<PartitionTotals>comparingLong(partition -> -partition.bytes)
              .thenComparing(partition -> partition.prefix));
  private final SinkRun run;
  private long mayRead;

  private SinkContents(SinkRun run, long mayRead) {
    this.run = run;
    this.mayRead = mayRead;
  }

  static SinkContents read(SinkRun run) throws IOException {
    return read(run, FinishedObjects.MOST, READ_BYTES);
  }

  /**
   * @param most files and folders that are listed
   * @param mayRead bytes of objects that are read
   */
  static SinkContents read(SinkRun run, int most, long mayRead) throws IOException {
    SinkContents contents = new SinkContents(run, mayRead);
    FinishedObjects objects = new FinishedObjects(run, most);
    ErrorObjects errors = new ErrorObjects(run.errorPrefixes);
    objects.forEachFolder(folder -> contents.add(folder, errors));
    contents.older = objects.older();
    contents.complete = objects.isComplete();
    return contents;
  }

  /** The largest partitions, up to {@value Treemap#TILES}, largest first. */
  List<PartitionTotals> largest() {
    return largest.sorted();
  }

  /** All objects of a partition are in one folder: its name is the same but for the object's. */
  private void add(List<FinishedObject> folder, ErrorObjects errors) throws IOException {
    Map<String, PartitionTotals> found = new TreeMap<>();
    for (FinishedObject object : folder) {
      if (errors.mayHold(object) && readDeadLetters(object)) {
        errorObjects++;
        continue;
      }
      long lines = run.lines ? lines(object) : -1;
      objects++;
      bytes += object.bytes;
      sizes.add(object.bytes);
      records = records < 0 || lines < 0 ? -1 : records + lines;
      found.computeIfAbsent(object.prefix, PartitionTotals::new).add(object.bytes, lines);
    }
    for (PartitionTotals partition : found.values()) {
      partitions++;
      levels.add(partition.prefix);
      largest.offer(partition).ifPresent(smaller -> smallerBytes += smaller.bytes);
    }
  }

  private boolean allows(FinishedObject object) {
    if (mayRead < object.bytes) {
      return false;
    }
    mayRead -= object.bytes;
    return true;
  }

  private long lines(FinishedObject object) throws IOException {
    if (!allows(object)) {
      return -1;
    }
    try {
      Optional<ObjectText> text = ObjectText.open(object.path);
      if (text.isEmpty()) {
        return -1;
      }
      try (ObjectText open = text.get()) {
        return open.countLines();
      }
    } catch (IOException e) {
      throw new IOException("Cannot read '" + object.path + "': " + e.getMessage(), e);
    }
  }

  /**
   * @return false if these are no dead letters: an object of records whose name could be one
   */
  private boolean readDeadLetters(FinishedObject object) throws IOException {
    if (!allows(object)) {
      unreadErrorObjects++;
      return true;
    }
    Optional<ObjectText> text = ObjectText.open(object.path);
    if (text.isEmpty()) {
      return false;
    }
    long before = deadLetters.total();
    try (ObjectText open = text.get()) {
      open.forEachLine(line -> deadLetters.add(DeadLetterJson.read(line)));
    } catch (IOException e) {
      if (deadLetters.total() == before) {
        return false;
      }
      throw new IOException("Cannot read '" + object.path + "': " + e.getMessage(), e);
    }
    return true;
  }
}
