package dev.sluice.benchmarks.partitions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a contestant has left behind, read after its process has ended.
 *
 * @param objects that are finished
 * @param mistakes what is not as it must be; empty if all is
 */
record WrittenObjects(long objects, String mistakes) {
  private static final byte[] KEY =
      "\"customer_id\":\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /**
   * Reads all finished files: each partition must have as many records as were made for it, each of
   * its length and with its customer.
   */
  static WrittenObjects in(Path output, long[] expected) throws IOException {
    Map<String, Integer> partitions = new HashMap<>();
    for (int i = 0; i < expected.length; i++) {
      partitions.put("customer_id=" + Clicks.customer(i), i);
    }
    long[] found = new long[expected.length];
    long objects = 0;
    String mistakes = "";
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : (Iterable<Path>) files.filter(WrittenObjects::isFinished)::iterator) {
        Path below = output.relativize(file);
        Integer partition = partitions.get(below.getName(0).toString());
        if (partition == null) {
          mistakes = "a file in no partition: " + file;
          continue;
        }
        objects++;
        long records = records(Files.readAllBytes(file), Clicks.customer(partition));
        if (records < 0) {
          mistakes = "something else than records of the partition: " + file;
        }
        found[partition] += records;
      }
    }
    if (!Arrays.equals(found, expected)) {
      mistakes = Arrays.stream(found).sum() + " of " + Arrays.stream(expected).sum() + " records";
    }
    return new WrittenObjects(objects, mistakes);
  }

  /** Names that begin with a dot or an underscore are not finished. */
  private static boolean isFinished(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && !name.startsWith(".") && !name.startsWith("_");
  }

  /** Records in a file; -1 if there is anything else in it. */
  private static long records(byte[] bytes, String customer) {
    if (bytes.length % (Clicks.BYTES + 1) != 0) {
      return -1;
    }
    byte[] id = customer.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int at = 0; at < bytes.length; at += Clicks.BYTES + 1) {
      int key = at + Clicks.CUSTOMER - KEY.length;
      if (bytes[at + Clicks.BYTES] != '\n'
          || !Arrays.equals(bytes, key, at + Clicks.CUSTOMER, KEY, 0, KEY.length)
          || !Arrays.equals(
              bytes, at + Clicks.CUSTOMER, at + Clicks.CUSTOMER + id.length, id, 0, id.length)) {
        return -1;
      }
    }
    return bytes.length / (Clicks.BYTES + 1);
  }
}
