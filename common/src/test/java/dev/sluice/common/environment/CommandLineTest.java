package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobCancellationException;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final JobOption<Integer> SIZE =
      JobOption.ofInt("batch.size").defaultTo(16).between(1, 1024);
  private static final List<JobOption<?>> ALL =
      JobOption.all(List.of(SIZE), EnvironmentOptions.ALL);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicReference<Integer> ranWith = new AtomicReference<>();

  @Test
  void runsTheJobWithItsSettings() {
    assertThat(run((arguments, size) -> ranWith.set(size), "--batch.size=3")).isZero();

    assertThat(ranWith).hasValue(3);
    assertThat(text(out) + text(err)).isEmpty();
  }

  @Test
  void printsOptionsOnHelpWhateverElseIsSaid() {
    assertThat(run((arguments, size) -> ranWith.set(size), "--nonsense", "--help")).isZero();

    assertThat(ranWith).hasNullValue();
    assertThat(text(out))
        .contains("--batch.size")
        .contains("--checkpoint.interval")
        .contains("--config=FILE");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void printsEachMistakeInALineWithoutStackTraceAndEndsWith2() {
    int exitCode =
        run((arguments, size) -> ranWith.set(size), "--batch.size=0", "--local.web-ui-port=1");

    assertThat(exitCode).isEqualTo(2);
    assertThat(ranWith).hasNullValue();
    assertThat(text(err).lines())
        .containsExactly(
            "Error: Option 'batch.size' must be between 1 and 1024, but was '0' (command line)",
            "Error: Option 'local.web-ui-port' must not be set without '--local.web-ui=true', but was '1' (command line)",
            "The options are listed by: --help");
  }

  @Test
  void tellsTheReasonOfAFailedJobInOneLineAndEndsWith1() {
    int exitCode =
        run(
            (arguments, size) -> {
              throw new ExecutionException(new FileNotFoundException("no such folder"));
            });

    assertThat(exitCode).isEqualTo(1);
    assertThat(text(err).lines())
        .containsExactly("Error: the job has failed: FileNotFoundException: no such folder");
  }

  @Test
  void cancellingIsNoFailureToExplain() {
    int exitCode =
        run(
            (arguments, size) -> {
              throw new ExecutionException(
                  new JobCancellationException(new JobID(), "cancelled", null));
            });

    assertThat(exitCode).isEqualTo(1);
    assertThat(text(err).lines()).containsExactly("The job was cancelled");
  }

  @Test
  void theFirstWordNamesWhatAJobDoes() {
    JobCommand<String> run = command("run");
    JobCommand<String> plan = command("plan");

    assertThat(CommandLine.chosen(args("plan", "--batch.size=1"), run, List.of(plan)))
        .hasValue(plan);
    assertThat(CommandLine.chosen(args("run"), run, List.of(plan))).hasValue(run);
    assertThat(CommandLine.chosen(args("--batch.size=1"), run, List.of(plan))).hasValue(run);
    assertThat(CommandLine.chosen(args(), run, List.of(plan))).hasValue(run);
    assertThat(CommandLine.rest(args("plan", "--batch.size=1"))).containsExactly("--batch.size=1");
    assertThat(CommandLine.rest(args("--batch.size=1"))).containsExactly("--batch.size=1");
  }

  @Test
  void anUnknownCommandIsRefusedWithThoseThatThereAre() {
    JobCommand<String> run = command("run");
    List<JobCommand<?>> others = List.of(command("plan"), command("redrive"));

    assertThat(CommandLine.chosen(args("hunter"), run, others)).isEmpty();
    assertThat(CommandLine.refuse(run, others, new PrintStream(err, true, StandardCharsets.UTF_8)))
        .isEqualTo(2);
    assertThat(text(err).strip())
        .isEqualTo(
            "Error: Argument 1 is neither an option nor a command of this job, which are: run,"
                + " plan, redrive");
  }

  /** A value that lost its dashes is the business of those who read options. */
  @Test
  void aWordWithAValueIsNoCommand() {
    assertThat(CommandLine.chosen(args("batch.size=1"), command("run"), List.of())).isPresent();
    assertThat(CommandLine.rest(args("batch.size=1"))).containsExactly("batch.size=1");
  }

  @Test
  void aTipIsForThoseWhoGaveNoOptionsAndNeededSome() {
    JobOption<String> needed = JobOption.ofString("input.path").required();
    JobCommand<String> command =
        JobCommand.of(
                "run",
                JobOption.all(List.of(needed), EnvironmentOptions.ALL),
                arguments -> arguments.get(needed),
                (arguments, path) -> {})
            .withShortName("path", needed)
            .withTip("Try: a drill");

    assertThat(runLocally(command)).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly(
            "Error: Option 'input.path' is required, but has no value",
            "The options are listed by: --help",
            "Try: a drill");
    err.reset();
    assertThat(runLocally(command, "--checkpoint.interval=1 s")).isEqualTo(2);
    assertThat(text(err)).contains("'input.path' is required").doesNotContain("Try");
    err.reset();
    assertThat(runLocally(command, "--path=x")).isZero();
    assertThat(text(err)).isEmpty();
  }

  private int runLocally(JobCommand<?> command, String... args) {
    return CommandLine.runLocally(
        List.of(args), command, new PrintStream(out), new PrintStream(err, true));
  }

  @Test
  void shortNamesStandForOptionsOfTheirCommandAlone() {
    AtomicReference<Integer> size = new AtomicReference<>();
    JobCommand<Integer> command =
        JobCommand.of(
                "plan",
                ALL,
                arguments -> arguments.get(SIZE),
                (arguments, given) -> size.set(given))
            .withShortName("size", SIZE);

    int exitCode =
        CommandLine.runLocally(
            List.of("--size=7"), command, new PrintStream(out), new PrintStream(err));

    assertThat(exitCode).isZero();
    assertThat(size).hasValue(7);
  }

  private static JobCommand<String> command(String name) {
    return JobCommand.of(name, ALL, arguments -> name, (arguments, settings) -> {});
  }

  private static String[] args(String... words) {
    return words;
  }

  @Test
  void everyOptionOfTheEnvironmentIsDescribed() {
    assertThat(EnvironmentOptions.ALL)
        .allSatisfy(option -> assertThat(option.description()).isNotBlank());
  }

  private int run(CommandLine.Job<Integer> job, String... args) {
    return CommandLine.runLocally(
        args,
        ALL,
        (JobArguments arguments) -> arguments.get(SIZE),
        job,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
