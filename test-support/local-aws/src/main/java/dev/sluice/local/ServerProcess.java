package dev.sluice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process of a server, with what it prints.
 *
 * <p>The server must end when its standard input ends: that pipe is held by this JVM alone, so it
 * closes when the JVM ends, by SIGKILL too. Thread-safe.
 */
final class ServerProcess implements AutoCloseable {
  private static final int KEPT_LINES = 60;

  private final String name;
  private final Process process;
  private final Deque<String> lines = new ArrayDeque<>();
  private boolean ended;

  private ServerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts the process.
   *
   * @param name for people: {@code "Kinesis server"}
   * @throws IOException if the program is missing
   */
  static ServerProcess start(String name, ProcessBuilder builder) throws IOException {
    ServerProcess server = new ServerProcess(name, builder.redirectErrorStream(true).start());
    Thread reader = new Thread(server::read, name + " output");
    reader.setDaemon(true);
    reader.start();
    return server;
  }

  /**
   * Waits for a line and returns the first group of the pattern.
   *
   * @throws IllegalStateException if the process ends or the limit passes before; it quotes the
   *     last lines
   */
  synchronized String awaitLine(Pattern pattern, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      String found = find(pattern);
      if (found != null) {
        return found;
      }
      long left = end - System.nanoTime();
      if (ended) {
        throw new IllegalStateException(name + " ended before it was ready:" + tail());
      }
      if (left <= 0) {
        throw new IllegalStateException(
            name + " was not ready after " + limit.toSeconds() + " s:" + tail());
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines that it printed, for messages. */
  synchronized String tail() {
    return lines.isEmpty() ? " it printed nothing" : "\n    " + String.join("\n    ", lines);
  }

  /** SIGKILL, and waits for the end. */
  @Override
  public void close() {
    boolean interrupted = false;
    process.destroyForcibly();
    while (true) {
      try {
        process.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the process is dying: wait for it all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String find(Pattern pattern) {
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return null;
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(its output broke off: " + e.getMessage() + ")");
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    if (lines.size() == KEPT_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
