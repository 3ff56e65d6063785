package dev.sluice.common.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The options that a job was started with, from all places, checked.
 *
 * <p>Later places win: declared defaults, property groups of the managed runtime, {@code --config
 * FILE}, {@code --group.key=value}. {@code --flink.KEY=VALUE} and the property group {@code flink}
 * go to Flink's own {@link #flink configuration}. All mistakes are reported together in one {@link
 * InvalidOptionException}.
 *
 * <p>For the thread of main() alone, and not serialisable: operators get the values that they need.
 */
public final class JobArguments {
  private final List<JobOption<?>> options;
  private final Map<String, Object> values;
  private final Map<String, RawOptions.Value> raw;
  private final Set<String> faulty;
  private final Configuration flink;
  private final boolean managed;

  /** Shared with copies: what these are asked after the build is thrown, too. */
  private final Pending pending;

  /** Where mistakes wait while settings are built, instead of being thrown one at a time. */
  private static final class Pending {
    @Nullable List<OptionProblem> mistakes;
  }

  JobArguments(
      List<JobOption<?>> options,
      Map<String, Object> values,
      Map<String, RawOptions.Value> raw,
      Configuration flink,
      boolean managed,
      List<OptionProblem> problems) {
    this.options = List.copyOf(options);
    this.values = Map.copyOf(values);
    this.raw = Map.copyOf(raw);
    this.flink = flink;
    this.managed = managed;
    this.faulty = keys(problems.stream());
    this.pending = new Pending();
    this.pending.mistakes = new ArrayList<>(problems);
  }

  /** The same with more values. */
  private JobArguments(
      JobArguments base,
      Map<String, Object> values,
      Map<String, RawOptions.Value> raw,
      List<OptionProblem> refused) {
    this.options = base.options;
    this.values = Map.copyOf(values);
    this.raw = Map.copyOf(raw);
    this.flink = base.flink;
    this.managed = base.managed;
    Set<String> all = new HashSet<>(base.faulty);
    all.addAll(keys(refused.stream()));
    this.faulty = Set.copyOf(all);
    this.pending = base.pending;
  }

  private static Set<String> keys(Stream<OptionProblem> problems) {
    return problems
        .flatMap(problem -> problem.key().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads the options of a job.
   *
   * @param options all that the job knows; anything else is a mistake
   * @throws InvalidOptionException with all mistakes in single options; rules between options are
   *     the business of the settings class: {@link #parse(String[], List, Function)} reports both
   *     together
   */
  public static JobArguments parse(String[] args, List<JobOption<?>> options) {
    return parse(args, options, arguments -> arguments);
  }

  /**
   * Reads the options of a job and builds its settings, so that mistakes in single options and
   * broken rules between options are reported together.
   *
   * @param settings usually a constructor; uses {@link #check} for rules between options. It may
   *     see defaults in place of values that were refused, and its result is then dropped.
   * @throws InvalidOptionException with all mistakes
   */
  public static <S> S parse(
      String[] args, List<JobOption<?>> options, Function<JobArguments, S> settings) {
    return new ArgumentsReader(options, PropertyGroups.MANAGED_FILE).read(args).build(settings);
  }

  /**
   * What {@code --flink.KEY=VALUE} says, without looking at anything else: enough to reach a config
   * file in S3.
   */
  public static Configuration flinkOnCommandLine(String[] args) {
    Configuration flink = new Configuration();
    ArgumentsReader.moveFlinkKeys(CommandLineWords.read(args).options(), flink);
    return flink;
  }

  <S> S build(Function<JobArguments, S> settings) {
    List<OptionProblem> mistakes = pending.mistakes == null ? new ArrayList<>() : pending.mistakes;
    try {
      S built = settings.apply(this);
      if (mistakes.isEmpty()) {
        pending.mistakes = null;
        return built;
      }
    } catch (InvalidOptionException e) {
      mistakes.addAll(e.problems());
    } catch (RuntimeException e) {
      if (mistakes.isEmpty()) {
        throw e;
      }
      // It stumbled over a default in place of a refused value: those refusals are what there is to
      // say.
    }
    throw new InvalidOptionException(new ArrayList<>(new LinkedHashSet<>(mistakes)));
  }

  /**
   * The value, or the declared default.
   *
   * @throws IllegalStateException if there is neither: ask {@link #find} for options without a
   *     default
   */
  public <T> T get(JobOption<T> option) {
    Optional<T> value = find(option);
    if (value.isEmpty() && isFaulty(option)) {
      throw new InvalidOptionException(List.of());
    }
    return value.orElseThrow(
        () ->
            new IllegalStateException("Option '" + option.key() + "' has no value and no default"));
  }

  /** The value, or the declared default, or nothing. */
  public <T> Optional<T> find(JobOption<T> option) {
    requireDeclared(option);
    @SuppressWarnings("unchecked") // put there by the parser of this very option
    T value = (T) values.get(option.key());
    return value == null ? option.defaultValue() : Optional.of(value);
  }

  /**
   * A copy with values from one more place, below all places that were read: an option that has a
   * value keeps it. For configurations in somebody else's form.
   *
   * @param texts by key of declared options
   * @param origin of all of them, for messages
   * @throws InvalidOptionException with all values that break a rule of their option; while {@link
   *     #parse(String[], List, Function)} builds settings they wait for the others instead
   */
  public JobArguments over(Map<String, String> texts, Origin origin) {
    Map<String, Object> moreValues = new HashMap<>(values);
    Map<String, RawOptions.Value> moreRaw = new HashMap<>(raw);
    List<OptionProblem> refused = new ArrayList<>();
    for (JobOption<?> option : options) {
      String text = texts.get(option.key());
      if (text == null || raw.containsKey(option.key())) {
        continue;
      }
      moreRaw.put(option.key(), new RawOptions.Value(text, origin));
      try {
        moreValues.put(option.key(), option.parse(text));
      } catch (RuleBrokenException e) {
        String shown = option.isSecret() ? Secret.MASK : text;
        refused.add(OptionProblem.ofValue(option.key(), shown, e.rule(), origin));
      }
    }
    JobArguments more = new JobArguments(this, moreValues, moreRaw, refused);
    if (pending.mistakes != null) {
      pending.mistakes.addAll(refused);
    } else if (!refused.isEmpty()) {
      throw new InvalidOptionException(refused);
    }
    return more;
  }

  /** Whether somebody gave a value, even if it is equal to the default. */
  public boolean isSet(JobOption<?> option) {
    requireDeclared(option);
    return raw.containsKey(option.key());
  }

  public Origin origin(JobOption<?> option) {
    requireDeclared(option);
    RawOptions.Value value = raw.get(option.key());
    return value == null ? Origin.DEFAULT : value.origin;
  }

  /**
   * A copy of what was given for Flink itself. Print it with {@link SensitiveKeys#describe} only.
   */
  public Configuration flink() {
    return new Configuration(flink);
  }

  /** Whether this is Amazon Managed Service for Apache Flink. */
  public boolean isManagedService() {
    return managed;
  }

  /**
   * Checks rules between options.
   *
   * @throws InvalidOptionException with all that are broken; while {@link #parse(String[], List,
   *     Function)} builds settings they wait for the others instead
   */
  public void check(Consumer<Problems> checks) {
    Problems problems = new Problems(this);
    checks.accept(problems);
    if (pending.mistakes != null) {
      pending.mistakes.addAll(problems.found());
    } else if (!problems.found().isEmpty()) {
      throw new InvalidOptionException(problems.found());
    }
  }

  boolean isFaulty(JobOption<?> option) {
    return faulty.contains(option.key());
  }

  /** The value as messages may show it. */
  Optional<String> shown(JobOption<?> option) {
    RawOptions.Value value = raw.get(option.key());
    if (value == null) {
      return option.defaultWords().isEmpty()
          ? Optional.empty()
          : Optional.of(option.defaultWords());
    }
    return Optional.of(option.isSecret() ? Secret.MASK : value.text);
  }

  private void requireDeclared(JobOption<?> option) {
    if (!options.contains(option)) {
      throw new IllegalArgumentException(
          "Option '"
              + option.key()
              + "' is not among the options that were read: add it to the job's ALL");
    }
  }

  /**
   * What was set, one option after the other with its origin; secrets masked. For the log line at
   * start.
   */
  @Override
  public String toString() {
    return options.stream()
            .filter(this::isSet)
            .map(
                option ->
                    option.key() + "=" + shown(option).orElse("") + " (" + origin(option) + ")")
            .collect(Collectors.joining(", ", "{", "}"))
        + (flink.toMap().isEmpty() ? "" : " flink" + SensitiveKeys.describe(flink));
  }
}
