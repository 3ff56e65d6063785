package dev.sluice.replication.drill;

import dev.sluice.common.config.JobArguments;
import dev.sluice.local.LocalKinesis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/**
 * The command {@code drill}: a drill with everything on this machine, and all jobs in this process.
 */
public final class DrillCommand {
  private final DrillSettings settings;

  public DrillCommand(JobArguments arguments) {
    settings = new DrillSettings(arguments);
  }

  /**
   * Plays it.
   *
   * @throws DrillFailedException if a record is lost, or anything else is not as it must be
   */
  public void run(PrintStream out) throws Exception {
    LocalKinesis.install(out::println);
    Path work = Files.createTempDirectory("sluice-drill-");
    Thread onExit = new Thread(() -> FileUtils.deleteDirectoryQuietly(work.toFile()));
    Runtime.getRuntime().addShutdownHook(onExit);
    try (EmbeddedJobs jobs = EmbeddedJobs.start(work)) {
      if (!new PlayDrill(settings, jobs, work, out).run().isGood()) {
        throw new DrillFailedException("The drill has found what must not be, see above");
      }
    }
  }

  /** The drill came to its end, and something is wrong. */
  static final class DrillFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    DrillFailedException(String message) {
      super(message);
    }
  }
}
