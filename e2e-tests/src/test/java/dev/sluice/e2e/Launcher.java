package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The script {@code ./sluice} in a process of its own, as people start it. */
final class Launcher implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(9);

  private final Process process;
  private final BufferedReader output;
  private final List<String> printed = new ArrayList<>();

  private Launcher(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    // No time-out of a test ends a read of a pipe; the end of the process does.
    CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .execute(
            () -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
  }

  static Launcher start(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    // A build in the background ignores SIGINT, and whom it starts would, too.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(ImagePipeline.repository().resolve("sluice").toString());
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("SLUICE_JAVA_OPTS", "-Xmx600m");
    return new Launcher(builder.start());
  }

  /** Reads what it prints until a line has this part. */
  void awaitLine(String part) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      printed.add(line);
      if (line.contains(part)) {
        return;
      }
    }
    throw new AssertionError("No line with '" + part + "' in " + printed);
  }

  /** What it has started, and what that has. */
  Set<ProcessHandle> descendants() {
    return process.descendants().collect(Collectors.toSet());
  }

  /** What Ctrl-C sends. */
  void interrupt() throws Exception {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  int exitCode() throws IOException, InterruptedException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      printed.add(line);
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Output and errors so far. */
  String printed() {
    return String.join("\n", printed);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
