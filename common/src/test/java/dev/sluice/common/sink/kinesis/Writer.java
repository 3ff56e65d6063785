package dev.sluice.common.sink.kinesis;

/** A writer under test, as a task drives it. */
interface Writer {
  boolean hasRoomFor(StreamEntry entry);

  void add(int index, StreamEntry entry) throws Exception;

  void flush();

  boolean isEmpty();

  void wake() throws Exception;

  /** Makes a writer in the surroundings of one attempt of a task. */
  @FunctionalInterface
  interface Maker {
    Writer make(StreamClient client, PutSurroundings surroundings, PutOutcomes<Integer> outcomes);
  }

  /** The writer of the sink. */
  static Maker ordered(PutSettings settings) {
    return (client, surroundings, outcomes) -> {
      OrderedPuts<Integer> puts =
          new OrderedPuts<>(
              client,
              settings,
              surroundings,
              outcomes,
              new PutMetrics(
                  org.apache.flink.metrics.groups.UnregisteredMetricsGroup
                      .createOperatorMetricGroup()));
      return new Writer() {
        @Override
        public boolean hasRoomFor(StreamEntry entry) {
          return puts.hasRoomFor(entry.partitionKey(), entry);
        }

        @Override
        public void add(int index, StreamEntry entry) throws Exception {
          puts.add(index, entry.partitionKey(), entry);
        }

        @Override
        public void flush() {
          puts.flush();
        }

        @Override
        public boolean isEmpty() {
          return puts.isEmpty();
        }

        @Override
        public void wake() {
          puts.wake();
        }
      };
    };
  }
}
