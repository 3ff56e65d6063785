package dev.sluice.common.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.common.sink.kinesis.StreamAddress;
import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is no Flink job has the connector's JAR, for its SDK, and nothing else of Flink.
 */
@Timeout(120)
class WithoutFlinkIT {
  @TempDir Path folder;

  @Test
  void theProducerNeedsNothingOfFlink() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(each -> !each.contains("/flink-") || each.contains("flink-connector-kinesis"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath,
                Program.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("without Flink: SPOOLED").contains("failed attempts: true");
    assertThat(process.exitValue()).isZero();
  }

  /** Sends to a Region that is not there. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      boolean flink = true;
      try {
        Class.forName("org.apache.flink.api.common.functions.Function");
      } catch (ClassNotFoundException e) {
        flink = false;
      }
      Path folder = Paths.get(args[0]);
      RegionRegister register = FileRegister.in(folder.resolve("register"));
      register.prepare();
      register.change(
          0, RegionChange.to("s", "us-west-2", RegionState.ACTIVE, "test", Instant.EPOCH));
      ProducerSettings settings =
          ProducerSettings.of("s", "one", folder.resolve("spool"))
              .retryLimit(Duration.ofMillis(500))
              .closeLimit(Duration.ofMillis(100));
      try (RegionProducer producer =
          RegionProducer.open(
              register,
              settings,
              region ->
                  StreamAddress.of(region, "s")
                      .at("http://127.0.0.1:1")
                      .withKeys("test", "test")
                      .writer())) {
        SendResult result = producer.send("key", new byte[] {1}).get();
        System.out.println((flink ? "with" : "without") + " Flink: " + result.outcome());
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (failed(producer) == 0 && System.nanoTime() < end) {
          LockSupport.parkNanos(1_000_000);
        }
        System.out.println("failed attempts: " + (failed(producer) > 0));
      }
    }

    private static long failed(RegionProducer producer) throws InterruptedException {
      return producer.status().attempts().get("us-west-2").failed();
    }
  }
}
