package dev.sluice.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.source.kinesis.ShardOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationSettingsTest {
  static final List<String> LEAST =
      List.of(
          "--kinesis.streams=ticks",
          "--kinesis.region=us-west-2",
          "--kinesis-sink.stream=ticks",
          "--kinesis-sink.region=us-east-2",
          "--positions.path=file:/positions",
          "--dead-letters.path=file:/dead-letters");

  @Test
  void readsByFanOutAndInOrderUnlessTold() {
    ReplicationSettings settings = settings();

    assertThat(settings.shardOrder).isEqualTo(ShardOrder.PARENTS_FIRST);
    assertThat(settings.aggregates).isEqualTo(AggregateHandling.TAKE_APART);
    assertThat(settings.acceptGap).isFalse();
    assertThat(settings.heartbeats).isEmpty();
    // Polling and a consumer name exclude each other: so the default is fan-out, with a name.
    assertThatThrownBy(() -> settings("--kinesis.reader=polling", "--kinesis.consumer-name=mine"))
        .hasMessageContaining("kinesis.consumer-name");
    settings("--kinesis.consumer-name=mine");
    settings("--kinesis.reader=polling");
  }

  @Test
  void refusesAStreamThatIsItsOwnTarget() {
    assertThatThrownBy(() -> settings("--kinesis-sink.region=us-west-2"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("must not be the stream that is read");
    settings("--kinesis-sink.region=us-west-2", "--kinesis-sink.stream=copy");
  }

  @Test
  void refusesTwoStreamsAndUnalignedCheckpointsTogether() {
    assertThatThrownBy(
            () ->
                settings(
                    "--kinesis.streams=a,b",
                    "--flink.execution.checkpointing.unaligned.enabled=true"))
        .hasMessageContaining("must name one stream")
        .hasMessageContaining("aligned checkpoints");
  }

  private static ReplicationSettings settings(String... more) {
    List<String> args = new ArrayList<>(LEAST);
    for (String arg : more) {
      args.removeIf(given -> given.startsWith(arg.substring(0, arg.indexOf('=') + 1)));
      args.add(arg);
    }
    return JobArguments.parse(
        args.toArray(String[]::new), ReplicationOptions.ALL, ReplicationSettings::new);
  }
}
