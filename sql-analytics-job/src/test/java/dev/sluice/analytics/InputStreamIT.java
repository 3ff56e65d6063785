package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.generated.ticks.TickGenerator;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.Await;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream with a backlog on several shards, which one subtask reads: no window loses a row. */
class InputStreamIT {
  private static final int TICKS = 3_000;
  private static final int SHARDS = 2;
  private static final long MINUTE = 60_000;
  private static final String TABLE = "volume_per_window";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path output;

  @Test
  void readsAllWindowsOfABacklog() throws Exception {
    List<String> closed = closedWindows();
    try (LocalKinesis kinesis = LocalKinesis.start()) {
      KinesisStream stream = kinesis.createStream("us-east-1", "ticks", SHARDS);
      stream.putAll(backlog());
      StreamExecutionEnvironment env = environment();
      SqlRun.rehearse(Job.settings(options(kinesis))).addTo(env);

      JobClient client = env.executeAsync();
      try {
        Await.until("windows", LIMIT, () -> Results.of(output, TABLE).size() >= closed.size());
      } finally {
        client.cancel().get();
      }
    }

    assertThat(Results.of(output, TABLE)).isEqualTo(closed);
  }

  /** Ticks by turns, so that each shard has all of the day. */
  private static List<KinesisPut> backlog() {
    TickGenerator day = day();
    BigInteger share = BigInteger.TWO.pow(128).divide(BigInteger.valueOf(SHARDS));
    List<KinesisPut> puts = new ArrayList<>();
    for (int i = 0; i < TICKS; i++) {
      BigInteger hash = share.multiply(BigInteger.valueOf(i % SHARDS)).add(BigInteger.TEN);
      puts.add(KinesisPut.of("key", day.generate(i).data).withHashKey(hash));
    }
    return puts;
  }

  /** Those that the watermark of the slowest shard has passed. */
  private static List<String> closedWindows() {
    long[] newest = new long[SHARDS];
    for (int i = 0; i < TICKS; i++) {
      newest[i % SHARDS] = Math.max(newest[i % SHARDS], day().tick(i).eventTime);
    }
    long watermark = Arrays.stream(newest).min().orElseThrow() - 5_000;
    return new Day(42, TICKS)
        .volumePerWindow(MINUTE).stream()
            .filter(row -> Long.parseLong(row.split(" ", -1)[2]) - 1 <= watermark)
            .toList();
  }

  private static TickGenerator day() {
    return TickGenerator.builder(42).ticks(TICKS).build();
  }

  private String[] options(LocalKinesis kinesis) {
    return new String[] {
      "--script.path=classpath:sql/volume_per_window.sql",
      "--input.type=kinesis",
      "--kinesis.start=trim-horizon",
      "--kinesis.endpoint=" + kinesis.endpoint(),
      "--kinesis.access-key=" + LocalKinesis.ACCESS_KEY,
      "--kinesis.secret-key=" + LocalKinesis.SECRET_KEY,
      "--output.type=files",
      "--output.path=" + output.toUri(),
      "--tables.volume_per_window.sink.rolling-policy.rollover-interval=100 ms",
      "--tables.volume_per_window.sink.rolling-policy.check-interval=100 ms"
    };
  }

  private static StreamExecutionEnvironment environment() {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }
}
