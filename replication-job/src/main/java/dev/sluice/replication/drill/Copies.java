package dev.sluice.replication.drill;

import dev.sluice.common.config.JobArguments;
import dev.sluice.local.KinesisRecord;
import dev.sluice.replication.Heartbeat;
import dev.sluice.replication.PositionCut;
import dev.sluice.replication.PositionSettings;
import dev.sluice.replication.PositionStore;
import dev.sluice.replication.ReplicationOptions;
import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.EventKind;
import dev.sluice.replication.drill.report.Side;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Starts and stops the replicators of both directions, and sees by positions how far they are. */
final class Copies implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final DrillJobs jobs;
  private final DrillSite site;
  private final DrillArguments arguments;
  private final DrillLog log;
  private final Map<Side, PositionStore> positions = new EnumMap<>(Side.class);
  private final Map<Side, DrillJobs.Running> running = new EnumMap<>(Side.class);
  private long startedAt;

  Copies(DrillJobs jobs, DrillSite site, DrillArguments arguments, DrillLog log)
      throws IOException {
    this.jobs = jobs;
    this.site = site;
    this.arguments = arguments;
    this.log = log;
    for (Side side : Side.values()) {
      String[] options = arguments.copy(region(side), null).toArray(new String[0]);
      positions.put(
          side,
          JobArguments.parse(options, ReplicationOptions.ALL, PositionSettings::new)
              .store()
              .open());
    }
  }

  static String region(Side side) {
    return side == Side.HOME ? DrillSite.HOME : DrillSite.AWAY;
  }

  /**
   * Starts the copy into a Region.
   *
   * @param from of what arrived from this time on; null for all
   */
  void start(Side into, @Nullable Instant from) throws Exception {
    startedAt = System.currentTimeMillis();
    DrillJobs.Running job = jobs.start(DrillJob.REPLICATION, arguments.copy(region(into), from));
    running.put(into, job);
    log.event(EventKind.COPY_STARTED, into, from == null ? "From the beginning" : "From " + from);
  }

  /** Waits until it keeps positions, which it does once it has copied a record. */
  void awaitPositions(Side into) throws Exception {
    try {
      Patience.until(
          "positions of the copy to " + region(into),
          LIMIT,
          () -> newest(into).filter(cut -> cut.time() > startedAt).isPresent());
    } catch (TimeoutException e) {
      DrillJobs.Running job = running.get(into);
      throw new IOException(e.getMessage() + (job == null ? "" : "; " + job.describe()), e);
    }
  }

  /** Stops it for good. */
  void stop(Side into) throws Exception {
    DrillJobs.Running job = running.remove(into);
    if (job == null) {
      throw new IllegalStateException("No copy into " + into + " runs");
    }
    job.stop();
    log.event(EventKind.COPY_STOPPED, into, "Stopped with a savepoint");
  }

  /**
   * Waits until all that producers have written in the other Region is copied. Nobody may write
   * there any more.
   *
   * @return how many records lie there
   */
  int awaitEnd(Side into) throws Exception {
    Map<String, BigInteger> last = new HashMap<>();
    int records = 0;
    for (KinesisRecord record : (into == Side.AWAY ? site.home : site.away).records()) {
      if (!record.partitionKey().startsWith(Heartbeat.KEY_PREFIX)) {
        records++;
        last.merge(
            record.position().shard(),
            new BigInteger(record.position().sequenceNumber()),
            BigInteger::max);
      }
    }
    Patience.until(
        "the copy to " + region(into) + " to come to its end", LIMIT, () -> isBeyond(into, last));
    return records;
  }

  private boolean isBeyond(Side into, Map<String, BigInteger> last) throws IOException {
    Map<String, String> read =
        newest(into).map(cut -> (Map<String, String>) cut.source()).orElse(Map.of());
    return last.entrySet().stream()
        .allMatch(
            shard -> {
              String position = read.get(shard.getKey());
              return position != null && new BigInteger(position).compareTo(shard.getValue()) >= 0;
            });
  }

  private Optional<PositionCut> newest(Side into) throws IOException {
    PositionStore store = positions.get(into);
    Iterator<PositionCut> cuts = store == null ? Collections.emptyIterator() : store.newestFirst();
    return cuts.hasNext() ? Optional.of(cuts.next()) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    for (PositionStore store : positions.values()) {
      store.close();
    }
  }
}
