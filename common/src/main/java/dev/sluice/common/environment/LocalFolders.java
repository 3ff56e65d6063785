package dev.sluice.common.environment;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;

/**
 * Looks at the folders of a local run before it starts, so that a mistake shows in seconds: a job
 * would find it by itself, after the retries of S3 and the restarts of Flink.
 *
 * <pre>{@code
 * new LocalFolders(arguments)
 *     .thereIs(INPUT_PATH, inputs)
 *     .holdsNothing(OUTPUT_PATH, List.of(output + "/classifications"), "choose another folder")
 *     .check();
 * }</pre>
 *
 * <p>Does nothing on a cluster: there main() runs where the folders may be out of reach. For the
 * thread of main() alone, before {@link JobEnvironment#create}.
 */
public final class LocalFolders {
  /** Enough for a slow network, and for a person to wait. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private final JobArguments arguments;
  private final Duration limit;
  private final List<Look> looks = new ArrayList<>();

  public LocalFolders(JobArguments arguments) {
    this(arguments, LIMIT);
  }

  LocalFolders(JobArguments arguments, Duration limit) {
    this.arguments = arguments;
    this.limit = limit;
  }

  /** Each of these folders, objects or files must be there. */
  public LocalFolders thereIs(JobOption<?> option, List<String> locations) {
    for (String location : locations) {
      looks.add(
          new Look(option, location) {
            @Override
            Optional<String> mistake(FolderLook folder) throws Exception {
              return folder.whyNotThere();
            }
          });
    }
    return this;
  }

  /**
   * As {@link #thereIs} for what may come later: only the bucket of an S3 location must be there.
   */
  public LocalFolders mayCome(JobOption<?> option, List<String> locations) {
    for (String location : locations) {
      looks.add(
          new Look(option, location) {
            @Override
            Optional<String> mistake(FolderLook folder) throws Exception {
              return folder.whyItCannotCome();
            }
          });
    }
    return this;
  }

  /**
   * These folders must be empty or not there. Names that begin with {@code .} or {@code _} do not
   * count: they are no results.
   *
   * @param advice follows the file that was found: {@code choose another folder}
   */
  public LocalFolders holdsNothing(JobOption<?> option, List<String> locations, String advice) {
    for (String location : locations) {
      looks.add(
          new Look(option, location) {
            @Override
            Optional<String> mistake(FolderLook folder) throws Exception {
              return folder
                  .firstFile()
                  .map(file -> "must hold no results yet, but there is '" + file + "': " + advice);
            }
          });
    }
    return this;
  }

  /**
   * Looks.
   *
   * @throws InvalidOptionException with all that is missing, or there and should not be
   * @throws CannotStartException if a folder cannot be looked at, or not within 12 seconds
   */
  public void check() throws CannotStartException, InterruptedException {
    if (!JobEnvironment.isLocalRun()) {
      return;
    }
    if (looks.stream().anyMatch(look -> FolderLook.isRemote(look.location))) {
      LocalFileSystems.initialize(LocalFileSystems.withFewRetries(arguments.flink()));
    }
    List<Mistake> mistakes = new ArrayList<>();
    long end = System.nanoTime() + limit.toNanos();
    for (Look look : looks) {
      look(look, end).ifPresent(rule -> mistakes.add(new Mistake(look.option, rule)));
    }
    arguments.check(
        problems -> mistakes.forEach(found -> problems.require(false, found.option, found.rule)));
  }

  private Optional<String> look(Look look, long end)
      throws CannotStartException, InterruptedException {
    CompletableFuture<Optional<String>> mistake = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(look, mistake), "look at " + look.location);
    thread.setDaemon(true);
    thread.start();
    try {
      return mistake.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw failure(look, "no answer within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw failure(look, FolderLook.reason(e), e);
    }
  }

  private static void complete(Look look, CompletableFuture<Optional<String>> mistake) {
    try {
      mistake.complete(look.mistake(new FolderLook(look.location)));
    } catch (Throwable e) {
      mistake.completeExceptionally(e); // told by the thread that waits
    }
  }

  private CannotStartException failure(Look look, String reason, Throwable cause) {
    Configuration flink = arguments.flink();
    String endpoint = flink.getString("s3.endpoint", flink.getString("fs.s3a.endpoint", ""));
    String at = endpoint.isEmpty() ? "" : " at endpoint '" + endpoint + "'";
    String advice =
        FolderLook.isRemote(look.location)
            ? "Check the endpoint (--flink.s3.endpoint), the network and the credentials"
            : "Check who may read it";
    return new CannotStartException(
        String.format(
            "Cannot look at '%s' of option '%s'%s: %s. %s",
            look.location,
            look.option.key(),
            FolderLook.isRemote(look.location) ? at : "",
            reason,
            advice),
        cause);
  }

  private abstract static class Look {
    final JobOption<?> option;
    final String location;

    Look(JobOption<?> option, String location) {
      this.option = option;
      this.location = location;
    }

    /** The rule that is broken, to follow "Option 'x'". */
    abstract Optional<String> mistake(FolderLook folder) throws Exception;
  }

  private static final class Mistake {
    final JobOption<?> option;
    final String rule;

    Mistake(JobOption<?> option, String rule) {
      this.option = option;
      this.rule = rule;
    }
  }
}
