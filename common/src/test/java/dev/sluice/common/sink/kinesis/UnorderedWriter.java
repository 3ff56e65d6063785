package dev.sluice.common.sink.kinesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What Flink's AsyncSinkBase does: requests of whatever comes, several at a time, and what fails
 * goes to the front of the buffer.
 */
final class UnorderedWriter implements Writer {
  private static final int ENTRIES = 20;
  private static final int REQUESTS = 4;

  private final StreamClient client;
  private final PutSurroundings surroundings;
  private final PutOutcomes<Integer> outcomes;
  private final Deque<Waiting<Integer>> buffer = new ArrayDeque<>();
  private int requests;

  UnorderedWriter(
      StreamClient client, PutSurroundings surroundings, PutOutcomes<Integer> outcomes) {
    this.client = client;
    this.surroundings = surroundings;
    this.outcomes = outcomes;
  }

  @Override
  public boolean hasRoomFor(StreamEntry entry) {
    return buffer.size() < 100;
  }

  @Override
  public void add(int index, StreamEntry entry) {
    buffer.addLast(new Waiting<>(index, entry));
    send();
  }

  @Override
  public void flush() {
    send();
  }

  @Override
  public boolean isEmpty() {
    return buffer.isEmpty() && requests == 0;
  }

  @Override
  public void wake() {
    send();
  }

  private void send() {
    while (requests < REQUESTS && !buffer.isEmpty()) {
      List<Waiting<Integer>> sent = new ArrayList<>();
      while (sent.size() < ENTRIES && !buffer.isEmpty()) {
        sent.add(buffer.removeFirst());
      }
      requests++;
      var unused =
          client
              .put(sent.stream().map(record -> record.entry).toList())
              .whenComplete(
                  (results, failure) ->
                      surroundings.onWriterThread(() -> ended(sent, results, failure)));
    }
  }

  private void ended(List<Waiting<Integer>> sent, List<EntryResult> results, Throwable failure)
      throws Exception {
    requests--;
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (failure != null || results.get(i).failure() != null) {
        buffer.addFirst(sent.get(i));
      } else {
        outcomes.stored(
            sent.get(i).element, new Placement(results.get(i), 0, 1, surroundings.now()));
      }
    }
    send();
  }
}
