package dev.sluice.common.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;

/**
 * One option of a job, declared once: key, type, default, unit, range, description.
 *
 * <pre>{@code
 * static final JobOption<Integer> BATCH_SIZE =
 *     JobOption.ofInt("batch.size").defaultTo(16).between(1, 1024).unit("images").describedAs("Images in one forward pass.");
 * }</pre>
 *
 * <p>It is not Flink's {@code ConfigOption}, because that holds neither unit, nor range, nor
 * secrecy, nor a default that only words can tell, and reads a bare {@code 10} as 10 ms. Flink's
 * own options stay Flink's: they come as {@code --flink.KEY=VALUE}.
 *
 * <p>Immutable: each method returns a new option. A declaration that contradicts itself (a default
 * outside of the range) is an {@link IllegalArgumentException} when the class loads, so any test
 * that touches the class finds it.
 *
 * @param <T> what a value of the option is in Java
 */
public final class JobOption<T> {
  private static final Pattern KEY =
      Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+");

  final OptionDraft<T> declared; // not changed after construction

  private JobOption(OptionDraft<T> draft) {
    this.declared = draft;
    if (!isGroup() && !KEY.matcher(draft.key).matches()) {
      throw new IllegalArgumentException(
          "Key '" + draft.key + "' must have the form 'group.name' or 'group.long-name'");
    }
    if (draft.defaultValue != null) {
      draft
          .brokenBy(draft.defaultValue)
          .ifPresent(
              rule -> {
                throw new IllegalArgumentException("Default of option '" + draft.key + "' " + rule);
              });
    }
  }

  public static JobOption<String> ofString(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.STRING));
  }

  public static JobOption<Integer> ofInt(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.INT));
  }

  public static JobOption<Long> ofLong(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.LONG));
  }

  /** A finite number. */
  public static JobOption<Double> ofDouble(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.DOUBLE));
  }

  public static JobOption<Boolean> ofBoolean(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.BOOLEAN));
  }

  /**
   * {@code 10 s}, {@code 5min} (Flink's form) or {@code PT10S} (ISO 8601); the unit is not
   * optional.
   */
  public static JobOption<Duration> ofDuration(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.DURATION));
  }

  /** {@code 16 mb}, {@code 1g}; the unit is not optional. */
  public static JobOption<MemorySize> ofMemorySize(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.MEMORY));
  }

  /** Constants are written in lower case with {@code -} for {@code _}; any case is read. */
  public static <E extends Enum<E>> JobOption<E> ofEnum(String key, Class<E> values) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.ofEnum(values)));
  }

  /** Words with commas between them; white space around a word and empty words are dropped. */
  public static JobOption<List<String>> ofStrings(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.STRINGS));
  }

  /** Never printed, neither in errors nor in tables. Has no default. */
  public static JobOption<Secret> ofSecret(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.SECRET));
  }

  /** A local path or a URI of any file system of Flink's; whether it exists is not checked. */
  public static JobOption<String> ofLocation(String key) {
    return new JobOption<>(new OptionDraft<>(key, OptionType.LOCATION));
  }

  /** All options {@code group.…} as texts by name, for names that only the job's input knows. */
  public static JobOption<Map<String, String>> ofGroup(String group) {
    return new JobOption<>(new OptionDraft<>(OptionGroup.key(group), OptionType.GROUP))
        .defaultTo(Map.of());
  }

  /** Several lists of options as one, for a job's {@code ALL}. */
  @SafeVarargs
  public static List<JobOption<?>> all(Collection<? extends JobOption<?>>... lists) {
    List<JobOption<?>> all = new ArrayList<>();
    for (Collection<? extends JobOption<?>> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }

  public JobOption<T> defaultTo(T value) {
    OptionDraft<T> draft = new OptionDraft<>(declared);
    draft.defaultValue = Objects.requireNonNull(value, "value");
    draft.defaultWords = value instanceof Secret ? Secret.MASK : declared.type.print(value);
    return new JobOption<>(draft);
  }

  /**
   * There is no fixed default, but something happens without the option: say what, to complete
   * "default: …".
   */
  public JobOption<T> defaultDescribedAs(String words) {
    return with(draft -> draft.defaultWords = words);
  }

  /** Without a value the job does not start. */
  public JobOption<T> required() {
    return defaultDescribedAs("required").with(draft -> draft.mustBeSet = true);
  }

  /**
   * What a plain number counts, such as {@code images}. Durations and sizes carry their unit in the
   * value.
   */
  public JobOption<T> unit(String name) {
    return with(draft -> draft.unit = name);
  }

  /** Both bounds are allowed values. For comparable types only. */
  public JobOption<T> between(T least, T greatest) {
    return where(
        value -> compare(value, least) >= 0 && compare(value, greatest) <= 0,
        "must be between " + declared.type.print(least) + " and " + declared.type.print(greatest));
  }

  /** For comparable types only. */
  public JobOption<T> atLeast(T least) {
    return where(
        value -> compare(value, least) >= 0, "must be at least " + declared.type.print(least));
  }

  /** Above zero: numbers, durations and memory sizes. */
  public JobOption<T> positive() {
    return where(value -> Sign.of(value) > 0, "must be positive");
  }

  /** Zero or above: numbers, durations. */
  public JobOption<T> notNegative() {
    return where(value -> Sign.of(value) >= 0, "must not be negative");
  }

  /** For strings and lists. */
  public JobOption<T> notEmpty() {
    return where(value -> !declared.type.print(value).isBlank(), "must not be empty");
  }

  /**
   * The whole text of the value must match.
   *
   * @param words the rule for people, to follow "Option 'x'": {@code must be 64 hexadecimal digits}
   */
  public JobOption<T> matching(String regex, String words) {
    Predicate<String> whole = Pattern.compile(regex).asMatchPredicate();
    return where(
        value ->
            whole.test(
                value instanceof Secret ? ((Secret) value).reveal() : declared.type.print(value)),
        words);
  }

  /** Any other rule. {@code words} follow "Option 'x'", so they begin with "must". */
  public JobOption<T> where(Predicate<T> holds, String words) {
    return with(draft -> draft.rules.add(new OptionDraft.Rule<>(holds, words)));
  }

  /** One or two sentences for people who run the job. */
  public JobOption<T> describedAs(String text) {
    return with(draft -> draft.description = text);
  }

  /** After the description. {@code --name} is another word for it, which the job writes out. */
  public JobOption<T> shortName(String name) {
    return with(draft -> draft.named(name));
  }

  private JobOption<T> with(Consumer<OptionDraft<T>> change) {
    OptionDraft<T> draft = new OptionDraft<>(declared);
    change.accept(draft);
    return new JobOption<>(draft);
  }

  public String key() {
    return declared.key;
  }

  public String typeName() {
    return declared.type.name();
  }

  public Optional<T> defaultValue() {
    return Optional.ofNullable(declared.defaultValue);
  }

  /** The default in words; empty if there is none. */
  public String defaultWords() {
    return declared.defaultWords;
  }

  public boolean isRequired() {
    return declared.mustBeSet;
  }

  boolean isGroup() {
    return declared.type == OptionType.GROUP;
  }

  public boolean isSecret() {
    return declared.type == OptionType.SECRET || SensitiveKeys.contains(declared.key);
  }

  /**
   * Unit and rules in words, for tables: {@code images, between 1 and 1024}; empty if there is
   * neither.
   */
  public String range() {
    List<String> parts = new ArrayList<>();
    if (!declared.unit.isEmpty()) {
      parts.add(declared.unit);
    }
    declared.rules.forEach(
        rule -> parts.add(rule.words.replaceFirst("^must (not )?be |^must ", "$1")));
    return String.join(", ", parts);
  }

  public String description() {
    return declared.description;
  }

  /**
   * @throws RuleBrokenException with the broken rule, and without the text
   */
  T parse(String text) {
    T value;
    try {
      value = declared.type.parse(text);
    } catch (IllegalArgumentException e) {
      // Not kept as a cause: its message holds the text, which may be a secret.
      throw new RuleBrokenException(declared.type.rule());
    }
    Optional<String> broken = declared.brokenBy(value);
    if (broken.isPresent()) {
      throw new RuleBrokenException(broken.get());
    }
    return value;
  }

  /** A value as messages show it, without quotes. */
  String show(Object value) {
    if (isSecret()) {
      return Secret.MASK;
    }
    @SuppressWarnings("unchecked") // Problems only passes values of this option
    T own = (T) value;
    return declared.type.print(own);
  }

  @SuppressWarnings("unchecked")
  private static <T> int compare(T value, T bound) {
    return ((Comparable<T>) value).compareTo(bound);
  }

  @Override
  public String toString() {
    return declared.key;
  }
}
