package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How a settings class checks rules between options, and that they are reported with all other
 * mistakes.
 */
class SettingsMistakesTest {
  private static final JobOption<Duration> INTERVAL =
      JobOption.ofDuration("poll.interval").defaultTo(Duration.ofSeconds(10)).positive();
  private static final JobOption<Duration> PAUSE =
      JobOption.ofDuration("poll.pause").defaultTo(Duration.ofSeconds(1)).notNegative();
  private static final JobOption<Integer> LEAST =
      JobOption.ofInt("batch.least").defaultTo(1).positive();
  private static final JobOption<Integer> MOST =
      JobOption.ofInt("batch.most").required().positive();
  private static final JobOption<Secret> TOKEN = JobOption.ofSecret("poll.token");
  private static final List<JobOption<?>> ALL = List.of(INTERVAL, PAUSE, LEAST, MOST, TOKEN);

  /** The shape that every settings class has. */
  private static final class PollSettings {
    private final Duration interval;
    private final Duration pause;
    private final int least;
    private final int most;

    private PollSettings(JobArguments arguments) {
      this.interval = arguments.get(INTERVAL);
      this.pause = arguments.get(PAUSE);
      this.least = arguments.get(LEAST);
      this.most = arguments.get(MOST);
      arguments.check(
          problems ->
              problems
                  .require(
                      pause.compareTo(interval) <= 0,
                      PAUSE,
                      "must not be longer than 'poll.interval'",
                      INTERVAL)
                  .require(least <= most, LEAST, "must not be greater than 'batch.most'", MOST));
    }
  }

  @Test
  void buildsSettingsFromGoodOptions() {
    PollSettings settings = JobArguments.parse(words("--batch.most=4"), ALL, PollSettings::new);

    assertThat(settings.most).isEqualTo(4);
  }

  @Test
  void reportsRulesBetweenOptionsTogether() {
    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    words("--batch.most=4", "--batch.least=5", "--poll.pause=11 s"),
                    ALL,
                    PollSettings::new))
        .hasMessage(
            "Option 'poll.pause' must not be longer than 'poll.interval', but was '11 s' (command line)\n"
                + "Option 'batch.least' must not be greater than 'batch.most', but was '5' (command line)");
  }

  @Test
  void reportsThemTogetherWithMistakesInSingleOptions() {
    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    words("--batch.most=4", "--batch.leest=5", "--poll.pause=11 s"),
                    ALL,
                    PollSettings::new))
        .hasMessageContaining("'batch.leest' is not known")
        .hasMessageContaining("'poll.pause' must not be longer");
  }

  @Test
  void doesNotJudgeAValueThatNobodyGave() {
    // The interval is refused; its default of 10 s must not make the pause look wrong.
    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    words("--batch.most=4", "--poll.interval=x", "--poll.pause=11 s"),
                    ALL,
                    PollSettings::new))
        .isInstanceOfSatisfying(
            InvalidOptionException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("'poll.interval' must be a duration"));
  }

  @Test
  void reportsMissingValueOnceWhenSettingsStumbleOverIt() {
    assertThatThrownBy(() -> JobArguments.parse(words(), ALL, PollSettings::new))
        .hasMessage("Option 'batch.most' is required, but has no value");
  }

  @Test
  void mistakeOfSettingsThatOnlyFollowsFromAnotherIsNotShown() {
    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    words("--batch.most=0"),
                    ALL,
                    arguments -> {
                      throw new IllegalStateException("stumbled");
                    }))
        .hasMessage("Option 'batch.most' must be positive, but was '0' (command line)");
  }

  @Test
  void failureOfSettingsWithoutAnyMistakeStaysWhatItIs() {
    IllegalStateException failure = new IllegalStateException("own fault");

    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    words("--batch.most=1"),
                    ALL,
                    arguments -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void checksAtOnceAfterParsingHasEnded() {
    JobArguments arguments =
        JobArguments.parse(words("--batch.most=1", "--poll.token=hunter2"), ALL);

    assertThatThrownBy(
            () ->
                arguments.check(
                    problems ->
                        problems
                            .require(false, MOST, "must be even")
                            .require(false, PAUSE, "must be odd")
                            .require(false, TOKEN, "must be long")))
        .hasMessage(
            """
            Option 'batch.most' must be even, but was '1' (command line)
            Option 'poll.pause' must be odd, but was '1 s' (default)
            Option 'poll.token' must be long, but was '******' (command line)""");
  }

  @Test
  void saysTheRuleOfASettingsClassThatHasNoArguments() {
    assertThat(new InvalidOptionException(INTERVAL, Duration.ofSeconds(3), "must be even"))
        .hasMessage("Option 'poll.interval' must be even, but was '3 s'");
  }

  private static String[] words(String... args) {
    return args;
  }
}
