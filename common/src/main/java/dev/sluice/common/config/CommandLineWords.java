package dev.sluice.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of main() taken apart: {@code --group.key=value}, {@code --config FILE}, {@code
 * --config=FILE}.
 *
 * <p>A word in the wrong place may be a secret that lost its {@code =} or its quotes, so such words
 * are not repeated in messages.
 */
final class CommandLineWords {
  private static final String CONFIG = "config";

  private final RawOptions options = new RawOptions();
  private final List<String> keysWithoutValue = new ArrayList<>();
  private @Nullable String configFile;

  private CommandLineWords() {}

  static CommandLineWords read(String[] args) {
    CommandLineWords words = new CommandLineWords();
    int index = 0;
    while (index < args.length) {
      index = words.readWord(args, index);
    }
    return words;
  }

  RawOptions options() {
    return options;
  }

  Optional<String> configFile() {
    return Optional.ofNullable(configFile);
  }

  /**
   * Keys of words without {@code =}: already a problem, but whether they are known is not yet
   * checked.
   */
  List<String> keysWithoutValue() {
    return keysWithoutValue;
  }

  /** Returns where to go on. */
  private int readWord(String[] args, int index) {
    String word = args[index];
    if (!word.startsWith("--") || word.length() == 2) {
      options.problem(OptionProblem.ofInput(notAnOption(index, word)));
      return index + 1;
    }
    int equals = word.indexOf('=');
    if (equals >= 0) {
      readOption(word.substring(2, equals), word.substring(equals + 1), index);
      return index + 1;
    }
    String key = word.substring(2);
    boolean wordFollows = index + 1 < args.length && !args[index + 1].startsWith("--");
    if (key.equals(CONFIG) && wordFollows) {
      readOption(key, args[index + 1], index);
    } else {
      options.problem(
          OptionProblem.ofOption(
              OptionProblem.cut(key),
              "has no value: write '--" + OptionProblem.cut(key) + "=VALUE' (command line)"));
      keysWithoutValue.add(key);
    }
    return wordFollows ? index + 2 : index + 1;
  }

  private void readOption(String key, String value, int index) {
    if (key.isBlank()) {
      options.problem(
          OptionProblem.ofInput("Argument " + (index + 1) + " has no name before its '='"));
    } else if (key.equals(CONFIG) ? configFile != null : options.contains(key)) {
      options.problem(OptionProblem.ofOption(key, "is given twice (command line)"));
    } else if (key.equals(CONFIG)) {
      configFile = value;
    } else {
      options.put(key, value, Origin.COMMAND_LINE);
    }
  }

  /** Shows a word only as far as it names something. */
  private static String notAnOption(int index, String word) {
    int equals = word.indexOf('=');
    String hint = "options look like '--group.name=value'";
    if (equals > 0) {
      String key = word.substring(0, equals).replaceFirst("^-+", "");
      hint = "write '--" + OptionProblem.cut(key) + "=…'";
    }
    return "Argument " + (index + 1) + " is not an option: " + hint + " (command line)";
  }
}
