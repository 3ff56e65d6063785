package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.config.JobArguments;
import dev.sluice.testing.Await;
import dev.sluice.testing.ManualSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EndOfBoundedRunIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * As it happens now and then when a periodic checkpoint meets the end: one subtask ends with it,
   * and the checkpoint that Flink takes for the other is declined.
   */
  @Test
  void waitsForNoPeriodicCheckpoint() throws Exception {
    ManualSource<Long> source = ManualSource.bounded(Types.LONG);
    LocalRun run = prepare("--job.parallelism=2", "--checkpoint.interval=1 h");
    run.streams()
        .fromSource(source, WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers")
        .transform("slow", Types.LONG, new SlowCheckpoint())
        .uid("slow")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> execute(run));
    Await.until("subtask 1 is at its end", LIMIT, () -> atEnd() == 1);

    URI checkpoint = triggerCheckpoint(run.dashboard().orElseThrow());
    Await.until("subtask 0 takes part", LIMIT, () -> SlowCheckpoint.SNAPSHOTS.get() == 1);
    source.end();
    Await.until("subtask 0 is at its end, too", LIMIT, () -> atEnd() == 2);
    SlowCheckpoint.MAY_BE_WRITTEN.countDown();

    running.get(60, TimeUnit.SECONDS);
    // Flink's REST server closes when the result of what was triggered has been asked for.
    Await.until("told", LIMIT, () -> send(request(checkpoint)).contains("COMPLETED"));
    assertThat(SlowCheckpoint.SNAPSHOTS).hasValueGreaterThan(2);
    run.close();
    source.close();
  }

  private static int atEnd() {
    return SlowCheckpoint.SUBTASKS_AT_THEIR_END.get();
  }

  private static LocalRun prepare(String... args) {
    return LocalRun.prepare(
        new EnvironmentSettings(JobArguments.parse(args, EnvironmentOptions.ALL)),
        new Progress(ProgressLine.NONE),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new ByteArrayInputStream(new byte[] {'\n'}));
  }

  private static void execute(LocalRun run) {
    try {
      run.execute("slow");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where its result can be asked for. */
  private static URI triggerCheckpoint(URI rest) throws Exception {
    ObjectMapper json = new ObjectMapper();
    String jobs = send(request(rest.resolve("/jobs")));
    String job = json.readTree(jobs).path("jobs").path(0).path("id").asText();
    URI checkpoints = rest.resolve("/jobs/" + job + "/checkpoints");
    String answer =
        send(
            request(checkpoints)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json"));
    return URI.create(checkpoints + "/" + json.readTree(answer).path("request-id").asText());
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri);
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
