package dev.sluice.common.source.file;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;

/**
 * A file system, an enumerator and readers in one thread, with Flink's rules of checkpoints: what a
 * reader was given since the last one goes back when it fails, and what it emitted since is undone.
 */
final class SimulatedJob {
  static final long WINDOW_MILLIS = 60_000;

  /** URI to {modification time, size}. */
  final Map<String, long[]> store = new TreeMap<>();

  long now = 1_000_000_000L;

  private final FileObjectSourceSettings settings;
  private ManualEnumeratorContext context;
  private FileObjectEnumerator enumerator;
  private List<Reader> readers = new ArrayList<>();
  private byte[] savedEnumerator;
  private List<String> committed = new ArrayList<>();
  private long versions;

  SimulatedJob(boolean bounded, int pendingLimit) throws IOException {
    FileObjectSourceBuilder builder =
        FileObjectSource.builder(List.of(new Path("mem:/"))).pendingLimit(pendingLimit);
    if (!bounded) {
      builder.monitor(Duration.ofSeconds(1), Duration.ofMillis(WINDOW_MILLIS));
    }
    this.settings = new FileObjectSourceSettings(builder);
    this.savedEnumerator = new DiscoveryStateSerializer().serialize(DiscoveryState.INITIAL);
    restore(2);
  }

  /** Each version has another size, so that a reader sees that it is not the one it wants. */
  void put(String name, long modificationTime) {
    store.put("mem:/" + name, new long[] {modificationTime, ++versions});
  }

  void delete(String name) {
    store.remove("mem:/" + name);
  }

  void tick() {
    context.tick();
  }

  void work() {
    context.workOnce();
  }

  void deliver() {
    context.deliver();
    receive();
  }

  /** A reader finishes its first object. */
  void read(int index) {
    Reader reader = readers.get(Math.floorMod(index, readers.size()));
    FileSourceSplit split = reader.splits.poll();
    if (split != null) {
      emit(reader, split);
      topUp(reader);
    }
  }

  /** As {@link ObjectRead} does. */
  private void emit(Reader reader, FileSourceSplit split) {
    String uri = split.path().toUri().toString();
    long[] current = store.get(uri);
    if (current == null) {
      reader.emitted.add("vanished " + uri);
    } else if (current[1] == split.fileSize() || settings.isBounded()) {
      reader.emitted.add(current[0] + " " + uri);
    } else if (current[0] == split.fileModificationTime()) {
      reader.emitted.add("again " + current[0] + " " + uri);
    }
  }

  void checkpoint() throws IOException {
    savedEnumerator = new DiscoveryStateSerializer().serialize(enumerator.snapshotState(1));
    for (Reader reader : readers) {
      reader.saved = new ArrayList<>(reader.splits);
      reader.assigned.clear();
      committed.addAll(reader.emitted);
      reader.emitted.clear();
    }
  }

  /** One reader fails and comes back, while the enumerator lives on. */
  void failReader(int index) {
    Reader reader = readers.get(Math.floorMod(index, readers.size()));
    context.unregister(reader.index);
    enumerator.addSplitsBack(new ArrayList<>(reader.assigned), reader.index);
    reader.reset(reader.saved);
    start(reader);
  }

  /** The whole job fails, or is started again with another parallelism. */
  void restore(int parallelism) throws IOException {
    List<FileSourceSplit> splits = new ArrayList<>();
    readers.forEach(reader -> splits.addAll(reader.saved));
    readers = new ArrayList<>();
    context = new ManualEnumeratorContext();
    enumerator =
        new FileObjectEnumerator(
            context,
            settings,
            listing -> store.forEach((uri, it) -> listing.add(it[0], it[1], () -> uri)),
            () -> now,
            new DiscoveryStateSerializer().deserialize(1, savedEnumerator));
    enumerator.start();
    for (int i = 0; i < parallelism; i++) {
      readers.add(new Reader(i));
    }
    for (int i = 0; i < splits.size(); i++) {
      Reader reader = readers.get(i % parallelism);
      reader.splits.add(splits.get(i));
      reader.saved.add(splits.get(i));
    }
    List.copyOf(readers).forEach(this::start);
  }

  /** Until nothing happens any more; returns all that was emitted. */
  List<String> finish() throws IOException {
    for (int quiet = 0; quiet < 3; quiet++) {
      context.tick();
      while (context.isBusy()) {
        deliver();
        work();
      }
      for (int i = 0; i < readers.size(); i++) {
        while (!readers.get(i).splits.isEmpty()) {
          quiet = -1;
          read(i);
        }
      }
    }
    checkpoint();
    return committed;
  }

  boolean allReadersEnded() {
    return readers.stream().allMatch(reader -> context.hasEnded(reader.index));
  }

  int checkpointBytes() {
    return savedEnumerator.length;
  }

  private void start(Reader reader) {
    context.register(reader.index);
    enumerator.addReader(reader.index);
    reader.requested = 0;
    topUp(reader);
  }

  private void topUp(Reader reader) {
    while (reader.splits.size() + reader.requested < 2) {
      reader.requested++;
      enumerator.handleSplitRequest(reader.index, "localhost");
    }
    receive();
  }

  private void receive() {
    for (Reader reader : readers) {
      List<FileSourceSplit> splits = context.takeAssigned(reader.index);
      reader.requested = Math.max(0, reader.requested - splits.size());
      reader.splits.addAll(splits);
      reader.assigned.addAll(splits);
    }
  }

  private static final class Reader {
    final int index;
    final Deque<FileSourceSplit> splits = new ArrayDeque<>();
    final List<FileSourceSplit> assigned = new ArrayList<>();
    final List<String> emitted = new ArrayList<>();
    List<FileSourceSplit> saved = new ArrayList<>();
    int requested;

    Reader(int index) {
      this.index = index;
    }

    void reset(List<FileSourceSplit> to) {
      splits.clear();
      splits.addAll(to);
      assigned.clear();
      emitted.clear();
    }
  }
}
