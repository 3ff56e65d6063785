package dev.sluice.replication.failover;

import dev.sluice.common.sink.kinesis.StreamProbe;
import java.util.function.Supplier;

/** The stream of one Region. Immutable. */
final class Site {
  final String region;
  private final Supplier<StreamProbe> probe;

  /**
   * A site.
   *
   * @param region as the register names it
   * @param probe opens a way to the stream
   */
  Site(String region, Supplier<StreamProbe> probe) {
    this.region = region;
    this.probe = probe;
  }

  /** To be closed by the caller. */
  StreamProbe probe() {
    return probe.get();
  }

  @Override
  public String toString() {
    return region;
  }
}
