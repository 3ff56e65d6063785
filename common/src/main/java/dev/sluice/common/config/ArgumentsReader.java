package dev.sluice.common.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;

/** Reads all places of options in their order and checks each value by its declaration. */
final class ArgumentsReader {
  private static final String FLINK = "flink.";

  /** First words of Flink keys that people forget to write {@code flink.} before. */
  private static final Set<String> FLINK_GROUPS =
      Set.of(
          "s3",
          "fs",
          "execution",
          "pipeline",
          "taskmanager",
          "jobmanager",
          "rest",
          "state",
          "restart-strategy",
          "metrics");

  private final Map<String, JobOption<?>> options = new LinkedHashMap<>();
  private final Path managedFile;

  /**
   * @throws IllegalArgumentException if two options share a key
   */
  ArgumentsReader(List<JobOption<?>> options, Path managedFile) {
    this.managedFile = managedFile;
    for (JobOption<?> option : options) {
      if (this.options.put(option.key(), option) != null) {
        throw new IllegalArgumentException("Option '" + option.key() + "' is declared twice");
      }
    }
  }

  /** The result holds what is wrong, too: {@link JobArguments#build} throws it. */
  JobArguments read(String[] args) {
    CommandLineWords words = CommandLineWords.read(args);
    RawOptions all = PropertyGroups.ofManagedRuntime(managedFile);
    words.configFile().map(PropertyGroups::ofConfigFile).ifPresent(all::addAll);
    all.addAll(words.options());
    Configuration flink = new Configuration();
    moveFlinkKeys(all, flink);

    List<OptionProblem> problems = new ArrayList<>(all.problems());
    words.keysWithoutValue().forEach(key -> checkKnown(key, Origin.COMMAND_LINE, problems));
    Map<String, Object> values = checkValues(all, problems);
    checkRequired(all, problems);
    return new JobArguments(
        List.copyOf(options.values()),
        values,
        all.values(),
        flink,
        Files.exists(managedFile),
        problems);
  }

  /** Takes the keys that begin with {@code flink.} out of the options. */
  static void moveFlinkKeys(RawOptions from, Configuration to) {
    Map<String, RawOptions.Value> flinkKeys = new HashMap<>(from.values());
    flinkKeys.keySet().removeIf(key -> !key.startsWith(FLINK));
    flinkKeys.forEach(
        (key, value) -> {
          if (key.equals(FLINK)) {
            from.problem(
                OptionProblem.ofOption(key, "must name a key of Flink (" + value.origin + ")"));
          } else {
            to.setString(key.substring(FLINK.length()), value.text);
          }
        });
    from.values().keySet().removeAll(flinkKeys.keySet());
  }

  private Map<String, Object> checkValues(RawOptions all, List<OptionProblem> problems) {
    Map<String, Object> values = new HashMap<>();
    all.values()
        .forEach(
            (key, value) -> {
              JobOption<?> option = options.get(key);
              if (option == null) {
                checkKnown(key, value.origin, problems);
                return;
              }
              if (option.isGroup()) {
                problems.add(
                    OptionProblem.ofOption(key, "is not known: NAME stands for a name of yours"));
                return;
              }
              try {
                values.put(key, option.parse(value.text));
              } catch (RuleBrokenException e) {
                String shown = option.isSecret() ? Secret.MASK : value.text;
                problems.add(OptionProblem.ofValue(key, shown, e.rule(), value.origin));
              }
            });
    options.values().stream()
        .filter(JobOption::isGroup)
        .forEach(group -> values.put(group.key(), OptionGroup.texts(group, all)));
    return values;
  }

  /** Never shows the value: a misspelt key may be that of a secret. */
  private void checkKnown(String key, Origin origin, List<OptionProblem> problems) {
    if (options.containsKey(key)
        || options.values().stream().anyMatch(option -> OptionGroup.holds(option, key))
        || key.startsWith(FLINK)
        || key.equals("config")
        || key.equals("help")) {
      return;
    }
    List<String> names = new ArrayList<>(options.keySet());
    options.values().stream()
        .map(option -> option.declared.shortName)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    Optional<String> nearest = NearestName.to(key, names);
    String hint =
        nearest
            .map(name -> "; did you mean '" + name + "'?")
            .orElse("; '--help' lists those that are");
    if (FLINK_GROUPS.contains(key.split("\\.", 2)[0]) || key.startsWith("flink-")) {
      hint = "; for Flink's own key write '" + FLINK + key + "'";
    }
    problems.add(
        OptionProblem.ofOption(OptionProblem.cut(key), "is not known (" + origin + ")" + hint));
  }

  private void checkRequired(RawOptions all, List<OptionProblem> problems) {
    options.values().stream()
        .filter(option -> option.isRequired() && !all.contains(option.key()))
        .filter(
            option ->
                problems.stream()
                    .noneMatch(problem -> problem.key().equals(Optional.of(option.key()))))
        .forEach(
            option ->
                problems.add(
                    OptionProblem.ofOption(option.key(), "is required, but has no value")));
  }
}
