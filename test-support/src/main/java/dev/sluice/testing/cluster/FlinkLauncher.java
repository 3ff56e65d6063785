package dev.sluice.testing.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts Flink's processes as its shell scripts do: same classes, JVM options and memory. */
final class FlinkLauncher {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final List<String> EXPORTS =
      List.of(
          "java.base/sun.net.util",
          "java.rmi/sun.rmi.registry",
          "jdk.compiler/com.sun.tools.javac.api",
          "jdk.compiler/com.sun.tools.javac.file",
          "jdk.compiler/com.sun.tools.javac.parser",
          "jdk.compiler/com.sun.tools.javac.tree",
          "jdk.compiler/com.sun.tools.javac.util",
          "java.security.jgss/sun.security.krb5");
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");
  private static final String LOG4J =
      "rootLogger.level = INFO\n"
          + "rootLogger.appenderRef.file.ref = file\n"
          + "appender.file.name = file\n"
          + "appender.file.type = File\n"
          + "appender.file.fileName = ${sys:log.file}\n"
          + "appender.file.layout.type = PatternLayout\n"
          + "appender.file.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n\n";

  private final Path distribution;
  private final Path work;
  private final Path conf;
  private final List<String> jvmOptions;
  private final List<String> jobManagerOptions;
  private final List<String> jobManagerArguments;
  private final List<String> taskManagerOptions;
  private final List<String> taskManagerArguments;

  FlinkLauncher(
      Path distribution, Path work, Map<String, String> configuration, List<String> jvmOptions)
      throws IOException, InterruptedException {
    this.distribution = distribution;
    this.work = work;
    this.jvmOptions = jvmOptions;
    conf = Files.createDirectories(work.resolve("conf"));
    Files.createDirectories(logs());
    Files.writeString(conf.resolve("log4j.properties"), LOG4J);
    Files.writeString(conf.resolve("config.yaml"), yaml(configuration));
    List<String> jobManager = resources("GET_JM_RESOURCE_PARAMS");
    List<String> taskManager = resources("GET_TM_RESOURCE_PARAMS");
    jobManagerOptions = words(jobManager.get(0));
    jobManagerArguments = jobManager.size() > 1 ? words(jobManager.get(1)) : List.of();
    taskManagerOptions = words(taskManager.get(0));
    taskManagerArguments = taskManager.size() > 1 ? words(taskManager.get(1)) : List.of();
  }

  Path logs() {
    return work.resolve("log");
  }

  FlinkProcess jobManager(String name, List<String> properties) throws IOException {
    return start(name, JOB_MANAGER, jobManagerOptions, jobManagerArguments, properties);
  }

  FlinkProcess taskManager(String name, List<String> properties) throws IOException {
    return start(name, TASK_MANAGER, taskManagerOptions, taskManagerArguments, properties);
  }

  private FlinkProcess start(
      String name, String main, List<String> options, List<String> arguments, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    EXPORTS.forEach(each -> command.add("--add-exports=" + each + "=ALL-UNNAMED"));
    OPENS.forEach(each -> command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(jvmOptions);
    command.add("-Dlog.file=" + logs().resolve(name + ".log"));
    // The key of Log4j 2 itself; a log4j2-test.properties in a user's JAR would win otherwise.
    command.add("-Dlog4j.configurationFile=" + conf.resolve("log4j.properties").toUri());
    command.add("-Dlog4j2.configurationFile=" + conf.resolve("log4j.properties").toUri());
    command.addAll(List.of("-cp", classPath(), main, "--configDir", conf.toString()));
    command.addAll(arguments);
    more.forEach(property -> command.addAll(List.of("-D", property)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    builder.environment().put("FLINK_LIB_DIR", distribution.resolve("lib").toString());
    builder.environment().put("FLINK_PLUGINS_DIR", distribution.resolve("plugins").toString());
    return FlinkProcess.start(name, builder, logs());
  }

  /** JVM options, and arguments if there are any, that Flink derives from the process size. */
  private List<String> resources(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                classPath(),
                "org.apache.flink.runtime.util.bash.BashJavaUtils",
                command,
                "--configDir",
                conf.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    List<String> results =
        Arrays.stream(output.split("\n"))
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()).trim())
            .collect(Collectors.toList());
    if (status != 0 || results.isEmpty()) {
      throw new IllegalStateException(
          "Flink refused the configuration in '" + conf + "' (" + command + "): " + output);
    }
    return results;
  }

  private String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(distribution.resolve("lib"))) {
      return jars.sorted().map(Path::toString).collect(Collectors.joining(":"));
    }
  }

  /** A string in JSON is one in YAML. */
  private static String yaml(Map<String, String> configuration) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : configuration.entrySet()) {
      text.append(entry.getKey())
          .append(": ")
          .append(json.writeValueAsString(entry.getValue()))
          .append('\n');
    }
    return text.toString();
  }

  private static List<String> words(String line) {
    return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
  }

  private static String java() {
    return Paths.get(System.getProperty("java.home"), "bin", "java").toString();
  }
}
