package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.replication.drill.DrillJob;
import dev.sluice.replication.drill.DrillOptions;
import dev.sluice.replication.drill.DrillResult;
import dev.sluice.replication.drill.DrillSettings;
import dev.sluice.replication.drill.PlayDrill;
import dev.sluice.testing.cluster.FlinkCluster;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way there and back with both JARs as built, on a cluster of processes. It takes the
 * time of its records and runs on demand: {@code -Dsluice.drill.records=10000}, with {@code
 * sluice.drill.rate} as high as the local servers allow. {@code DrillLauncherIT} plays the same
 * drill in one process each time.
 */
@EnabledIfSystemProperty(named = "sluice.drill.records", matches = "\\d+")
@Timeout(2400)
class ReplicationDrillE2eIT {
  private static final int RECORDS = Integer.getInteger("sluice.drill.records", 10_000);
  private static final String RATE = System.getProperty("sluice.drill.rate", "100");
  private static final String WINDOW = System.getProperty("sluice.drill.window", "40 s");
  private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)\\}");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  private Contents home = new Contents();
  private Contents away = new Contents();

  @Test
  void losesNothingAndReordersNothingThereAndBack() throws Exception {
    try (FlinkCluster cluster =
        FlinkCluster.in(work.resolve("cluster"))
            .taskManagers(2)
            .slots(2)
            .memory("1024m", "1300m")
            .set("taskmanager.memory.jvm-metaspace.size", "256m")
            .start()) {
      ClusterJobs jobs = new ClusterJobs(cluster);

      DrillResult result = play(jobs);

      assertThat(result.isGood()).as(result.text()).isTrue();
      long produced = result.totals().produced().orElseThrow();
      assertThat(produced).isGreaterThanOrEqualTo(RECORDS);
      assertThat(result.totals().inTable()).hasValue(produced);
      assertThat(result.totals().recovery()).as("RTO").isPresent();
      assertThat(home.numbers).as("at home").hasSize((int) produced);
      assertThat(away.numbers).as("away").isEqualTo(home.numbers);
      assertThat(home.disorder).as("younger records in front, by key").isEmpty();
    }
  }

  private DrillResult play(ClusterJobs jobs) throws Exception {
    String[] words = {
      "--drill.records=" + RECORDS,
      "--drill.records-per-second=" + RATE,
      "--drill.keys=" + Math.max(500, RECORDS / 50),
      "--drill.window=" + WINDOW,
      "--drill.output=" + work.resolve("page")
    };
    DrillSettings settings = JobArguments.parse(words, DrillOptions.ALL, DrillSettings::new);
    return new PlayDrill(settings, jobs, work.resolve("drill"), terminal(jobs)).run();
  }

  /** Reads both streams by itself when the drill says that it does. */
  private PrintStream terminal(ClusterJobs jobs) {
    return new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        System.out.println(line);
        if (line.contains("check each record")) {
          home = contents(jobs, "kinesis", "us-west-2");
          away = contents(jobs, "kinesis-sink", "us-east-2");
        }
      }

      @Override
      public void print(String text) {
        System.out.print(text);
      }
    };
  }

  private static Contents contents(ClusterJobs jobs, String group, String region) {
    URI endpoint = URI.create(jobs.argument(DrillJob.REPLICATION, group + ".endpoint"));
    Contents contents = new Contents();
    try {
      KinesisStream.of(endpoint, region, "ticks").records().forEach(contents::add);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return contents;
  }

  /** Another look at a stream than the drill's own. */
  private static final class Contents {
    private final Set<Integer> numbers = new TreeSet<>();
    private final Map<String, Integer> greatest = new HashMap<>();
    private final Set<String> disorder = new TreeSet<>();

    private void add(KinesisRecord record) {
      Matcher number = NUMBER.matcher(new String(record.data(), UTF_8));
      if (!number.find()) {
        return; // a canary
      }
      int found = Integer.parseInt(number.group(1));
      if (numbers.add(found)) {
        Integer before = greatest.put(record.partitionKey(), found);
        if (before != null && before > found) {
          disorder.addAll(List.of(record.partitionKey() + ": " + before + " before " + found));
        }
      }
    }
  }
}
