package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit: a program for this one purpose, without Flink, checkpoints, restarts or dead letters.
 *
 * <p>Two threads make records, parse them, append them to a buffer per partition, and write a
 * buffer as one file when it is full, under another name until it is finished. Memory is bounded:
 * above the budget the largest buffers are appended to their unfinished files.
 */
final class PlainWriter implements Contestant {
  private static final int BLOCK = 1_000;
  private static final int FIRST_BYTES = 2_048;

  private final Workload workload;
  private final long memoryBytes;
  private final int threads;
  private final Map<String, Buffer> buffers = new ConcurrentHashMap<>();
  private final AtomicLong nextBlock = new AtomicLong();
  private final AtomicLong allocated = new AtomicLong();

  PlainWriter(Workload workload, long memoryBytes, int threads) {
    this.workload = workload;
    this.memoryBytes = memoryBytes;
    this.threads = threads;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> work =
          java.util.Collections.nCopies(
              threads,
              () -> {
                write(output);
                return null;
              });
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    for (Buffer buffer : buffers.values()) {
      buffer.finish();
    }
  }

  private void write(Path output) throws IOException {
    Clicks clicks = new Clicks(workload);
    long end = workload.all();
    for (long start = nextBlock.getAndAdd(BLOCK); start < end; start = nextBlock.getAndAdd(BLOCK)) {
      for (long i = start; i < Math.min(end, start + BLOCK); i++) {
        byte[] record = clicks.generate(i).data;
        String customer = CustomerReader.read(record);
        Buffer buffer = buffers.get(customer);
        if (buffer == null) {
          buffer = buffers.computeIfAbsent(customer, name -> new Buffer(output, name));
        }
        buffer.add(record);
      }
      if (allocated.get() > memoryBytes) {
        relieve();
      }
    }
  }

  private synchronized void relieve() throws IOException {
    if (allocated.get() <= memoryBytes) {
      return;
    }
    List<Buffer> largest = new java.util.ArrayList<>(buffers.values());
    largest.sort(Comparator.comparingInt((Buffer buffer) -> buffer.bytes.length).reversed());
    for (Buffer buffer : largest) {
      if (allocated.get() < memoryBytes / 4 * 3) {
        return;
      }
      buffer.spill();
    }
  }

  @Override
  public Work work(Path output) {
    return new Work(workload.all(), 0);
  }

  @Override
  public long done() {
    return Clicks.made();
  }

  private final class Buffer {
    private final Path folder;
    private byte[] bytes = new byte[0];
    private int size;
    private long rowBytes;
    private int objects;
    private boolean begun;

    Buffer(Path output, String customer) {
      this.folder = output.resolve("customer_id=" + customer);
    }

    synchronized void add(byte[] record) throws IOException {
      if (size + record.length + 1 > bytes.length) {
        grow(record.length + 1);
      }
      System.arraycopy(record, 0, bytes, size, record.length);
      size += record.length;
      bytes[size++] = '\n';
      rowBytes += record.length;
      if (rowBytes >= workload.bufferBytes()) {
        finish();
      }
    }

    private void grow(int more) {
      long whole = workload.bufferBytes() + workload.bufferBytes() / 100 + 2L * Clicks.BYTES;
      int wanted = (int) Math.min(whole, Math.max(FIRST_BYTES, 2L * bytes.length));
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, Math.max(wanted, size + more));
      allocated.addAndGet(bytes.length - before);
    }

    synchronized void spill() throws IOException {
      if (size > 0) {
        append();
      }
      allocated.addAndGet(-bytes.length);
      bytes = new byte[0];
    }

    synchronized void finish() throws IOException {
      if (rowBytes == 0) {
        return;
      }
      if (size > 0) {
        append();
      }
      Files.move(unfinished(), folder.resolve("part-" + objects + ".json"));
      objects++;
      rowBytes = 0;
      begun = false;
    }

    private void append() throws IOException {
      if (!begun) {
        if (objects == 0) {
          Files.createDirectories(folder);
        }
        begun = true;
      }
      try (var out =
          Files.newByteChannel(
              unfinished(),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        var rest = java.nio.ByteBuffer.wrap(bytes, 0, size);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
      }
      size = 0;
    }

    private Path unfinished() {
      return folder.resolve(".part-" + objects);
    }
  }
}
