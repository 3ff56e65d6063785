package dev.sluice.common.environment;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.OptionsTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of a job's main(): reads options and settings, prints help, runs the job, and turns
 * mistakes into exit codes.
 *
 * <p>Run by hand: {@code --help} prints the options (exit code 0); mistakes in options are printed
 * one a line with a hint (2), and so are those in what else it was given ({@link
 * WrongInputException}); a job that fails is told in one line, its stack trace is in the log (1);
 * Ctrl-C and SIGTERM stop the job in order (130, 143). On a cluster exceptions propagate, so that
 * the cluster shows them. Stateless.
 */
public final class CommandLine {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_OPTIONS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(CommandLine.class);

  /** Flink's name for where the log is; the launcher sets it. A hint for people, nothing else. */
  private static final String LOG_FILE_PROPERTY = "log.file";

  /** The launcher's own command for help. */
  private static final String HELP_PROPERTY = "sluice.help";

  /** No option begins so, and no {@code key=value} that lost its dashes is one. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_-]*");

  private CommandLine() {}

  /** Assembles and runs a job. */
  public interface Job<S> {
    void run(JobArguments arguments, S settings) throws Exception;
  }

  /**
   * Ends the JVM in a local run unless the exit code is 0.
   *
   * @param options all that the job knows, {@link EnvironmentOptions#ALL} included
   * @param settings usually the constructor of the job's settings
   */
  public static <S> void run(
      String[] args, List<JobOption<?>> options, Function<JobArguments, S> settings, Job<S> job)
      throws Exception {
    run(args, JobCommand.of(JobCommand.RUN, options, settings, job), List.of());
  }

  /**
   * The same for a job that does other things, too, when its first argument says so.
   *
   * @param run what it does without such an argument, or with {@code run}
   */
  public static void run(String[] args, JobCommand<?> run, List<JobCommand<?>> others)
      throws Exception {
    Optional<JobCommand<?>> command = chosen(args, run, others);
    if (!JobEnvironment.isLocalRun()) {
      runOnCluster(rest(args), command.orElseThrow(() -> noCommand(run, others)));
      return;
    }
    int exitCode =
        command.isPresent()
            ? runLocally(rest(args), command.get(), System.out, System.err)
            : refuse(run, others, System.err);
    if (exitCode != OK) {
      System.exit(exitCode);
    }
  }

  /** Nothing if there is no command of the name. */
  static Optional<JobCommand<?>> chosen(
      String[] args, JobCommand<?> run, List<JobCommand<?>> others) {
    if (!startsWithWord(args) || args[0].equals(run.name)) {
      return Optional.of(run);
    }
    return others.stream()
        .filter(other -> other.name.equals(args[0]))
        .<JobCommand<?>>map(other -> other)
        .findFirst();
  }

  static List<String> rest(String[] args) {
    List<String> all = Arrays.asList(args);
    return startsWithWord(args) ? all.subList(1, all.size()) : all;
  }

  private static boolean startsWithWord(String[] args) {
    return args.length > 0 && WORD.matcher(args[0]).matches();
  }

  static int refuse(JobCommand<?> run, List<JobCommand<?>> others, PrintStream err) {
    err.println("Error: " + noCommand(run, others).getMessage());
    return WRONG_OPTIONS;
  }

  /** The word itself is not shown: it may be a secret in the wrong place. */
  private static IllegalArgumentException noCommand(JobCommand<?> run, List<JobCommand<?>> others) {
    List<String> names = new ArrayList<>(List.of(run.name));
    others.forEach(other -> names.add(other.name));
    return new IllegalArgumentException(
        "Argument 1 is neither an option nor a command of this job, which are: "
            + String.join(", ", names));
  }

  private static <S> void runOnCluster(List<String> args, JobCommand<S> command) throws Exception {
    String[] words = command.written(args);
    if (asksForHelp(words)) {
      System.out.print(OptionsTable.of(command.options).plain());
      return;
    }
    read(words, command.options, command.settings).runWith(command.job);
  }

  static <S> int runLocally(
      List<String> args, JobCommand<S> command, PrintStream out, PrintStream err) {
    int exitCode =
        runLocally(command.written(args), command.options, command.settings, command.job, out, err);
    if (exitCode == WRONG_OPTIONS && args.isEmpty() && !command.tip.isEmpty()) {
      err.println(command.tip);
    }
    return exitCode;
  }

  static <S> int runLocally(
      String[] args,
      List<JobOption<?>> options,
      Function<JobArguments, S> settings,
      Job<S> job,
      PrintStream out,
      PrintStream err) {
    if (asksForHelp(args)) {
      out.print(OptionsTable.of(options).plain());
      out.println();
      out.println("Also: --config=FILE (property groups as JSON), --flink.KEY=VALUE (Flink's own)");
      return OK;
    }
    try {
      LocalFileSystems.initialize(JobArguments.flinkOnCommandLine(args)); // --config may be in S3
      read(args, options, settings).runWith(job);
      return OK;
    } catch (InvalidOptionException e) {
      e.problems().forEach(problem -> err.println("Error: " + problem));
      err.println("The options are listed by: " + System.getProperty(HELP_PROPERTY, "--help"));
      return WRONG_OPTIONS;
    } catch (WrongInputException e) {
      e.mistakes().forEach(mistake -> err.println("Error: " + mistake));
      return WRONG_OPTIONS;
    } catch (CannotStartException e) {
      LOG.info("The run cannot start", e);
      err.println("Error: " + e.getMessage());
      return FAILED;
    } catch (StoppedBySignalException e) {
      return e.exitCode();
    } catch (Exception e) {
      if (ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent()) {
        err.println("The job was cancelled");
        return exitCodeOfCancelled(e);
      }
      LOG.info("The job has failed", e);
      err.println("Error: the job has failed: " + rootOf(e));
      String logFile = System.getProperty(LOG_FILE_PROPERTY);
      if (logFile != null) {
        err.println("The stack trace is in " + logFile);
      }
      return FAILED;
    }
  }

  /** A run that could not be stopped in order was cancelled, and was still ended by a signal. */
  private static int exitCodeOfCancelled(Exception failure) {
    for (Throwable other : failure.getSuppressed()) {
      if (other instanceof StoppedBySignalException) {
        return ((StoppedBySignalException) other).exitCode();
      }
    }
    return FAILED;
  }

  private static boolean asksForHelp(String[] args) {
    return Arrays.asList(args).contains("--help");
  }

  /**
   * The environment's settings are checked in the same breath, so that all mistakes are reported
   * together.
   */
  private static <S> Ready<S> read(
      String[] args, List<JobOption<?>> options, Function<JobArguments, S> settings) {
    return JobArguments.parse(
        args,
        options,
        arguments -> {
          EnvironmentSettings.check(arguments);
          return new Ready<>(arguments, settings.apply(arguments));
        });
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static final class Ready<S> {
    private final JobArguments arguments;
    private final S settings;

    private Ready(JobArguments arguments, S settings) {
      this.arguments = arguments;
      this.settings = settings;
    }

    private void runWith(Job<S> job) throws Exception {
      job.run(arguments, settings);
    }
  }
}
