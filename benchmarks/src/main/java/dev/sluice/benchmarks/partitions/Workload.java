package dev.sluice.benchmarks.partitions;

import java.util.List;

/**
 * What contestants write.
 *
 * @param records that count in a measurement
 * @param warmUp records before them
 * @param bufferBytes of rows that end an object
 */
record Workload(int partitions, Skew skew, long records, long warmUp, long bufferBytes, long seed) {

  /** Of the whole run. */
  long all() {
    return warmUp + records;
  }

  /** By partition. */
  long[] histogram() {
    Clicks clicks = new Clicks(this);
    long[] counts = new long[partitions];
    for (long i = 0; i < all(); i++) {
      counts[clicks.partition(i)]++;
    }
    return counts;
  }

  /** Objects that the rule makes if nothing but size ends one, and the end of the input. */
  long leastObjects(long[] histogram) {
    long perObject = (bufferBytes + Clicks.BYTES - 1) / Clicks.BYTES;
    long objects = 0;
    for (long count : histogram) {
      objects += (count + perObject - 1) / perObject;
    }
    return objects;
  }

  List<String> arguments() {
    return List.of(
        Integer.toString(partitions),
        skew.name(),
        Long.toString(records),
        Long.toString(warmUp),
        Long.toString(bufferBytes),
        Long.toString(seed));
  }

  static Workload of(List<String> arguments) {
    return new Workload(
        Integer.parseInt(arguments.get(0)),
        Skew.valueOf(arguments.get(1)),
        Long.parseLong(arguments.get(2)),
        Long.parseLong(arguments.get(3)),
        Long.parseLong(arguments.get(4)),
        Long.parseLong(arguments.get(5)));
  }
}
