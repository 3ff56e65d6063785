package dev.sluice.common.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.sink.kinesis.FakeStream.Weather;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PutLimitsTest {
  @Test
  void aRequestHoldsNoMoreEntriesThanItMayAndTheBufferNoMoreBytes() throws Exception {
    int recordBytes = 1_000;
    PutSettings settings =
        PutSettings.defaults().requests(3, 7, 1 << 20).bufferBytes(20_000).queuedPerKey(5);
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      input.add(new StreamEntry(new byte[recordBytes], "k" + i % 50, null));
    }
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, 1, Weather.FAIR.entriesFail(0.1));
    List<Integer> waiting = new ArrayList<>();
    Writer.Maker maker = Writer.ordered(settings);
    SimulatedTask task =
        new SimulatedTask(
                simulation,
                stream,
                input,
                (client, surroundings, outcomes) ->
                    new CountingWriter(maker.make(client, surroundings, outcomes), stream, waiting),
                1)
            .eager();

    task.run(0, 0);

    assertThat(stream.greatestRequest).isEqualTo(7);
    // What is added and not stored, which is less than what is added and not acknowledged.
    assertThat(waiting).allMatch(records -> records * recordBytes <= 20_000);
    assertThat(stream.stored).hasSize(300);
  }

  @Test
  void aRecordThatIsLargerThanTheBufferGoesAlone() throws Exception {
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      input.add(new StreamEntry(new byte[5_000], "k", null));
    }
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, 1, Weather.FAIR);

    new SimulatedTask(
            simulation, stream, input, Writer.ordered(PutSettings.defaults().bufferBytes(100)), 1)
        .run(0, 0);

    assertThat(stream.stored).hasSize(5);
  }

  @Test
  void namesTheRuleThatARecordBreaks() {
    assertThat(code(new byte[10 << 20], "k", null)).isEqualTo("record-too-large");
    assertThat(code(new byte[(10 << 20) - 1], "k", null)).isEqualTo("none");
    assertThat(code(new byte[0], "", null)).isEqualTo("partition-key-length");
    assertThat(code(new byte[0], "ä".repeat(256), null)).isEqualTo("none");
    assertThat(code(new byte[0], "\ud83d\ude80".repeat(256), null)).isEqualTo("none");
    assertThat(code(new byte[0], "ä".repeat(257), null)).isEqualTo("partition-key-length");
    assertThat(code(new byte[0], "k", "340282366920938463463374607431768211455")).isEqualTo("none");
    for (String hash : List.of("340282366920938463463374607431768211456", "-1", "01", "x", "")) {
      assertThat(code(new byte[0], "k", hash)).as(hash).isEqualTo("explicit-hash-key");
    }
  }

  @Test
  void refusesLimitsThatTheServiceDoesNotHave() {
    PutSettings settings = PutSettings.defaults();
    assertThatThrownBy(() -> settings.requests(1, 501, 1)).hasMessageContaining("from 1 to 500");
    assertThatThrownBy(() -> settings.requests(0, 1, 1)).hasMessageContaining("must be positive");
    assertThatThrownBy(() -> settings.recordBytes((10 << 20) + 1)).hasMessageContaining("10485760");
    assertThatThrownBy(() -> settings.bufferBytes(0)).hasMessageContaining("must be positive");
  }

  private static String code(byte[] data, String key, String hashKey) {
    return new StreamEntry(data, key, hashKey)
        .brokenRule(StreamEntry.MAX_BYTES)
        .map(PutFailure::code)
        .orElse("none");
  }

  /** Notes how many records are on the way whenever one is added. */
  private record CountingWriter(Writer inner, FakeStream stream, List<Integer> waiting)
      implements Writer {
    @Override
    public boolean hasRoomFor(StreamEntry entry) {
      return inner.hasRoomFor(entry);
    }

    @Override
    public void add(int index, StreamEntry entry) throws Exception {
      inner.add(index, entry);
      waiting.add(index + 1 - stream.stored.size());
    }

    @Override
    public void flush() {
      inner.flush();
    }

    @Override
    public boolean isEmpty() {
      return inner.isEmpty();
    }

    @Override
    public void wake() throws Exception {
      inner.wake();
    }
  }
}
