package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where contestants run: one JVM after the other, into a folder that is emptied in between. */
public final class Workspace {
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true");

  private static final Pattern CAUSE =
      Pattern.compile("OutOfMemoryError[^\\n]*|IllegalStateException: [^\\n]*|Caused by: [^\\n]*");

  private final Path output;
  private final ForkedJvm jvm;

  /**
   * @param output for what is written, and Flink's checkpoints
   * @param logs of the processes
   */
  public Workspace(Path output, Path logs, List<String> jvmOptions) {
    this.output = output;
    List<String> options = new ArrayList<>(ForkedJvm.FLINK);
    options.addAll(JVM_OPTIONS);
    options.add("-Djava.io.tmpdir=" + output.resolve("tmp"));
    options.addAll(jvmOptions);
    this.jvm = new ForkedJvm(logs, options);
  }

  /** What contestants write into; its folder {@code none} is an input without files. */
  public Path output() {
    return output;
  }

  /** Empties the folder and starts a JVM; what that writes stays until the next, or the end. */
  public ForkedJvm prepared() throws IOException {
    clear();
    Files.createDirectories(output.resolve("tmp"));
    Files.createDirectories(output.resolve("none"));
    return jvm;
  }

  public void clear() throws IOException {
    delete(output);
  }

  /** A folder with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }

  /** The end of a log in a few words. */
  public static String inShort(String failure) {
    Matcher cause = CAUSE.matcher(failure);
    return cause.find() ? cause.group() : failure.lines().findFirst().orElse("failed");
  }
}
