package dev.sluice.common.source.file;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** Metrics of a {@link FileObjectEnumerator}; {@link FileObjectSource} lists their names. */
final class DiscoveryMetrics {
  private final Counter discovered = new SimpleCounter();
  private final Counter skippedAsOld = new SimpleCounter();
  private final Counter listingFailures = new SimpleCounter();
  private volatile long lastListingObjects;
  private volatile long lastListingMillis;
  private volatile long objectsUnlistable;

  void register(MetricGroup group, Gauge<Integer> pending, Gauge<Integer> window) {
    group.counter("objectsDiscovered", discovered);
    group.counter("objectsSkippedAsOld", skippedAsOld);
    group.counter("listingFailures", listingFailures);
    group.gauge("lastListingObjects", (Gauge<Long>) () -> lastListingObjects);
    group.gauge("lastListingMillis", (Gauge<Long>) () -> lastListingMillis);
    group.gauge("objectsUnlistable", (Gauge<Long>) () -> objectsUnlistable);
    group.gauge("pendingObjects", pending);
    group.gauge("discoveryWindowObjects", window);
  }

  void discovered() {
    discovered.inc();
  }

  void skippedAsOld(long objects) {
    skippedAsOld.inc(objects);
  }

  void listingFailed() {
    listingFailures.inc();
  }

  void listed(Listing listing) {
    lastListingObjects = listing.objects();
    lastListingMillis = listing.millis();
    objectsUnlistable = listing.unlistable();
  }
}
