package dev.sluice.replication.health;

import java.io.IOException;
import java.util.List;

/**
 * Where producers' reports come from: a queue, a table, a metrics service. What they see of a
 * stream counts as the canary's own requests do.
 */
@FunctionalInterface
public interface ProducerReports {
  /** Nobody reports. */
  ProducerReports NONE = List::of;

  /** The reports on one stream since the last call, each once. */
  List<ProducerReport> next() throws IOException, InterruptedException;
}
