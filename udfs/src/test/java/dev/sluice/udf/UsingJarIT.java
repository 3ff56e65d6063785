package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shaded JAR as built, alone: in a process that has Flink and no other library of it. */
@Timeout(180)
class UsingJarIT {
  private static final Pattern OURS =
      Pattern.compile(
          ".*(/classes/?|sluice-udfs[^/]*\\.jar|/com/fasterxml/.*|/net/thisptr/.*|/org/jruby/.*)");

  @Test
  void eachFunctionWorksFromTheJarAlone() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    for (String opened : List.of("java.lang", "java.util", "java.time", "java.nio")) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", flinkAlone(), UsingJarQuery.class.getName()));
    command.add(jar().toAbsolutePath().toString());
    UdfRegistry.all().forEach(udf -> command.add(udf.name() + "=" + udf.className()));

    List<String> results = run(command);

    assertThat(results).hasSize(5);
    assertThat(results.get(0))
        .contains("24159360", "amzn", "1767607200", "2026-01-05T10:00", "[2,3]", "[4]");
    assertThat(results.get(1)).contains("+I[true], +I[true]");
    assertThat(results.get(2)).contains("+I[0, 7], +I[1, x]");
    assertThat(results.get(3)).contains("+I[0, 1], +I[1, 2], +I[0, 3]");
    assertThat(results.get(4)).endsWith("+U[400.0, 400.0]]");
  }

  /** What is in it would be in the way of others' versions of it. */
  @Test
  void theJarHasNoLibraryUnderItsOwnName() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      List<String> foreign =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class"))
              .filter(name -> !name.startsWith("dev/sluice/udf/"))
              .filter(name -> !name.startsWith("org/jspecify/"))
              .collect(Collectors.toList());
      assertThat(foreign).isEmpty();
    }
  }

  private static List<String> run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text.lines().filter(line -> line.startsWith("RESULT ")).toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String flinkAlone() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
        .filter(entry -> !OURS.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path jar() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of("target"), "sluice-udfs-*-shaded.jar")) {
      List<Path> found = new ArrayList<>();
      jars.forEach(found::add);
      assertThat(found).as("built by: mvn -pl udfs package").hasSize(1);
      return found.get(0);
    }
  }
}
