package dev.sluice.testing.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of the cluster: its signals and its log. Thread-safe. */
public final class FlinkProcess {
  private static final Pattern TROUBLE =
      Pattern.compile("\\b(ERROR|FATAL|Exception|Error|Could not|Caused by)\\b|OutOfMemory");
  private static final int TROUBLE_LINES = 8;
  private static final long STOP_SECONDS = 10;

  private final String name;
  private final Process process;
  private final Path log;
  private final Path out;
  private volatile boolean frozen;

  private FlinkProcess(String name, Process process, Path log, Path out) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.out = out;
  }

  static FlinkProcess start(String name, ProcessBuilder builder, Path logs) throws IOException {
    Path out = logs.resolve(name + ".out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    return new FlinkProcess(name, process, logs.resolve(name + ".log"), out);
  }

  /** {@code jobmanager-1}, {@code taskmanager-2}: also Flink's id of a TaskManager. */
  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What Flink logged; standard output and standard error are beside it, with {@code .out}. */
  public Path log() {
    return log;
  }

  /** SIGKILL, and waits for the end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and SIGKILL if it has not ended after 10 s. */
  public void stop() throws InterruptedException {
    if (frozen) {
      kill(); // it could not hear the gentle signal
      return;
    }
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** SIGSTOP: alive, connected and silent, as in a long pause of its machine. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
    frozen = true;
  }

  /** SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
    frozen = false;
  }

  /** The first group of the pattern in the log, once it is there. */
  Optional<String> find(Pattern pattern) throws IOException {
    if (!Files.exists(log)) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(Files.readString(log));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Name, state, log file and the last lines that speak of trouble. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(name).append(isAlive() ? " (alive) " : " (ended with " + exit() + ") ").append(log);
    for (Path file : new Path[] {log, out}) {
      for (String line : trouble(file)) {
        text.append("\n    ").append(line);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return name;
  }

  void killNow() {
    process.destroyForcibly();
  }

  private String exit() {
    return "status " + process.exitValue();
  }

  private static List<String> trouble(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines;
    try {
      lines =
          Arrays.asList(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read log '" + file + "'", e);
    }
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      if (TROUBLE.matcher(line).find()) {
        found.add(line);
      }
    }
    return found.subList(Math.max(0, found.size() - TROUBLE_LINES), found.size());
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
    int status = kill.waitFor();
    if (status != 0) {
      throw new IOException(
          "Cannot send SIG" + signal + " to " + name + ": 'kill' ended with status " + status);
    }
  }
}
