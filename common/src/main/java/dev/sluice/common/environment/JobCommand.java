package dev.sluice.common.environment;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Something that the main class of a job does when its first argument is the command's name.
 *
 * <p>The launcher calls it by {@code ./sluice NAME JOB}, a cluster by {@code flink run JAR NAME}.
 * Immutable.
 *
 * @param <S> its settings
 */
public final class JobCommand<S> {
  /** What a job does without a name. */
  static final String RUN = "run";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");

  final String name;
  final List<JobOption<?>> options;
  final Function<JobArguments, S> settings;
  final CommandLine.Job<S> job;

  /** Empty if there is nothing to say. */
  final String tip;

  private final Map<String, String> keysByShortName;

  private JobCommand(
      String name,
      List<JobOption<?>> options,
      Function<JobArguments, S> settings,
      CommandLine.Job<S> job,
      String tip,
      Map<String, String> keysByShortName) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Name of a command must be letters and '-', but was '" + name + "'");
    }
    this.name = name;
    this.options = options;
    this.settings = settings;
    this.job = job;
    this.tip = tip;
    this.keysByShortName = Map.copyOf(keysByShortName);
  }

  /**
   * A command.
   *
   * @param options all that it knows, {@link EnvironmentOptions#ALL} included
   * @param settings usually the constructor of its settings
   */
  public static <S> JobCommand<S> of(
      String name,
      List<JobOption<?>> options,
      Function<JobArguments, S> settings,
      CommandLine.Job<S> job) {
    return new JobCommand<>(name, options, settings, job, "", Map.of());
  }

  /** The same with {@code --shortName=VALUE} on the command line for one of its options. */
  public JobCommand<S> withShortName(String shortName, JobOption<?> option) {
    Map<String, String> more = new LinkedHashMap<>(keysByShortName);
    more.put(shortName, option.key());
    return new JobCommand<>(name, options, settings, job, tip, more);
  }

  /** The same with a line for people who start it by hand, without the options that it needs. */
  public JobCommand<S> withTip(String line) {
    return new JobCommand<>(name, options, settings, job, line, keysByShortName);
  }

  public String name() {
    return name;
  }

  public List<JobOption<?>> options() {
    return options;
  }

  /** Its arguments with short names written out. */
  String[] written(List<String> arguments) {
    return arguments.stream().map(this::written).toArray(String[]::new);
  }

  private String written(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0 || !argument.startsWith("--")) {
      return argument;
    }
    String key = argument.substring(2, equals);
    return "--" + keysByShortName.getOrDefault(key, key) + argument.substring(equals);
  }
}
