package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of JARs that are not on the class path work in the tasks of a job, too. */
class JarFunctionsIT {
  @TempDir Path folder;

  @Test
  void runsFunctionsOfJars() throws Exception {
    Path output = folder.resolve("output");
    Path script =
        Files.writeString(
            folder.resolve("query.sql"),
            "-- @uses classpath:sql/ticks.sql\n"
                + ("CREATE FUNCTION once AS 'udf.Once' USING JAR '" + jar("Once") + "';\n")
                + ("ADD JAR '" + jar("Twice") + "';\n")
                + "CREATE TEMPORARY FUNCTION twice AS 'udf.Twice';\n"
                + "CREATE TABLE results (a STRING, b STRING);\n"
                + "INSERT INTO results SELECT once(ticker), twice(ticker) FROM ticks WHERE ticker = 'AMZN'");

    Job.run(
        "--script.path=" + script,
        "--generator.ticks=200",
        "--output.type=files",
        "--output.path=" + output.toUri());

    assertThat(Results.of(output, "results"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.toString()).contains("AMZN Once", "AMZN Twice"));
  }

  /** A JAR with a function that adds its own name. */
  private Path jar(String name) throws Exception {
    Path source =
        Files.writeString(
            Files.createDirectories(folder.resolve("udf")).resolve(name + ".java"),
            "package udf; public class "
                + name
                + " extends org.apache.flink.table.functions.ScalarFunction {"
                + " public String eval(String text) { return text + \" "
                + name
                + "\"; } }");
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString());
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      assertThat(
              compiler
                  .getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                  .call())
          .isTrue();
    }
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("udf/" + name + ".class"));
      entries.write(Files.readAllBytes(folder.resolve("udf/" + name + ".class")));
      entries.closeEntry();
    }
    return jar;
  }
}
