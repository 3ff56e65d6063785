package dev.sluice.replication.failover;

import java.time.Duration;

/** How long steps wait and how often they look. Immutable: each method returns other limits. */
final class SwitchLimits {
  static final SwitchLimits DEFAULTS =
      new SwitchLimits(
          5,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          DurationsOfCopy.DEFAULTS);

  /** Canaries that a stream must return in a row. */
  final int canaries;

  /** Longest time of a producer's request that it may still believe in. */
  final Duration request;

  /** How far the clocks of a controller and of a stream may differ. */
  final Duration skew;

  /** A replicator that keeps no position while it is watched for so long has stopped. */
  final Duration stopped;

  /** Of waiting for the copy back. */
  final DurationsOfCopy copy;

  SwitchLimits(
      int canaries, Duration request, Duration skew, Duration stopped, DurationsOfCopy copy) {
    this.canaries = canaries;
    this.request = request;
    this.skew = skew;
    this.stopped = stopped;
    this.copy = copy;
  }

  /** Of waiting for the copy back. Immutable. */
  static final class DurationsOfCopy {
    static final DurationsOfCopy DEFAULTS =
        new DurationsOfCopy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5));

    /** Between two looks at positions. */
    final Duration look;

    /** The copy back is near its end when it passes new markers within this time. */
    final Duration near;

    /** How long to wait for it to come near its end, with producers at work. */
    final Duration catchUp;

    /** How long producers may be held for the drain. */
    final Duration drain;

    DurationsOfCopy(Duration look, Duration near, Duration catchUp, Duration drain) {
      this.look = look;
      this.near = near;
      this.catchUp = catchUp;
      this.drain = drain;
    }
  }
}
