package dev.sluice.testing.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a cluster begins and ends. */
class FlinkClusterLifeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LARGE = 125_000_000;

  @TempDir Path folder;

  @Test
  void runsLargeJarAndEndsEveryProcessFrozenOnesToo() throws Exception {
    List<FlinkProcess> processes;
    try (FlinkCluster cluster = FlinkCluster.in(folder.resolve("large")).start()) {
      FlinkJob job =
          cluster.run(
              largeJar(),
              CountingJob.class.getName(),
              1,
              folder.resolve("out").toUri().toString(),
              "100",
              "0");
      job.awaitState("FINISHED", LIMIT);
      processes = new ArrayList<>(cluster.taskManagers());
      processes.add(cluster.jobManager());
      processes.get(0).freeze();
    }

    assertThat(processes).hasSize(3).noneMatch(FlinkProcess::isAlive);
  }

  @Test
  void endsWithTheProcessThatStartedItThoughNobodyClosedIt() throws Exception {
    Path ids = folder.resolve("ids");
    Process test =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedCluster.class.getName(),
                folder.resolve("abandoned").toString(),
                ids.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("abandoned.out").toFile())
            .start();

    int status = test.waitFor();

    assertThat(status).as(Files.readString(folder.resolve("abandoned.out"))).isEqualTo(3);
    List<Long> pids =
        Files.readAllLines(ids).stream().map(Long::parseLong).collect(Collectors.toList());
    assertThat(pids).hasSize(2);
    Await.until(
        "the end of " + pids,
        LIMIT,
        () ->
            pids.stream()
                .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
  }

  @Test
  void saysWhyClusterDidNotStartAndLeavesNothingBehind() throws Exception {
    List<Long> before = flinkProcesses();

    assertThatThrownBy(
            () ->
                FlinkCluster.in(folder.resolve("broken"))
                    .set("rest.port", "no-number")
                    .set("rest.bind-port", "no-number")
                    .start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-number");

    assertThat(flinkProcesses()).isEqualTo(before);
  }

  private static List<Long> flinkProcesses() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .sorted()
        .collect(Collectors.toList());
  }

  /** The job and bytes that do not compress, as native libraries in a shaded JAR. */
  private Path largeJar() throws IOException {
    Path file = folder.resolve("large.jar");
    byte[] ballast = new byte[1_000_000];
    Random random = new Random(1);
    try (var out = new JarOutputStream(Files.newOutputStream(file))) {
      out.setLevel(0);
      for (Class<?> type : List.of(CountingJob.class, CountingJob.Slowly.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (var in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
      out.putNextEntry(new JarEntry("ballast"));
      for (int size = 0; size < LARGE; size += ballast.length) {
        random.nextBytes(ballast);
        out.write(ballast);
      }
    }
    assertThat(Files.size(file)).isGreaterThan(LARGE);
    return file;
  }
}
