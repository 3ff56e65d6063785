package dev.sluice.replication;

import static dev.sluice.replication.AuditOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.sink.kinesis.KinesisSinkSettings;
import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.common.sink.kinesis.StreamReader;
import dev.sluice.common.source.kinesis.KinesisSourceSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** The command {@code audit}: prints a line per window, and fails if any differs. */
public final class AuditCommand {
  private final StreamAddress source;
  private final StreamAddress target;
  private final AuditStreams.Span span;

  /** Rules between options: the span is not empty. */
  public AuditCommand(JobArguments arguments) {
    Instant from = Instant.parse(arguments.get(FROM));
    Instant to = Instant.parse(arguments.get(TO));
    arguments.check(
        problems -> problems.require(from.isBefore(to), TO, "must be after 'audit.from'", FROM));
    new KinesisSourceSettings(arguments); // for its rules
    source = SourceAddress.of(arguments);
    target = new KinesisSinkSettings(arguments).address();
    span = new AuditStreams.Span(from, to, arguments.get(WINDOW), arguments.get(LAG));
  }

  /** The windows that hold records, by time. */
  public List<AuditWindow> compare() throws IOException, InterruptedException {
    try (StreamReader from = source.reader();
        StreamReader to = target.reader()) {
      return new AuditStreams(from, to, span).compare();
    }
  }

  void run(PrintStream out) throws Exception {
    List<AuditWindow> windows = compare();
    windows.forEach(window -> out.println(window));
    long differing = windows.stream().filter(AuditWindow::differs).count();
    out.println(
        source + " and " + target + ": " + windows.size() + " windows, " + differing + " differ");
    if (differing > 0) {
      throw new DifferenceException(
          differing + " windows differ between " + source + " and " + target);
    }
  }

  /** Both streams do not hold the same records. */
  static final class DifferenceException extends IOException {
    private static final long serialVersionUID = 1L;

    DifferenceException(String message) {
      super(message);
    }
  }
}
