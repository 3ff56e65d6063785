package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main() in a process of its own, with the class path of the tests and the S3 plugin. */
final class MainProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private MainProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static MainProcess start(Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    // A build in the background ignores SIGINT, and whom it starts would, too.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_PLUGINS_DIR", Path.of("target/plugins").toString());
    return new MainProcess(builder.start());
  }

  void awaitLine(String part) {
    assertThat(lines.lines().filter(line -> line.contains(part)).findFirst()).isPresent();
  }

  /** {@code INT} is what Ctrl-C sends. */
  void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** What it prints from now on to its end. */
  List<String> rest() {
    return lines.lines().toList();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }
}
