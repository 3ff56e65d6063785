package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryMetricsTest {
  @TempDir java.nio.file.Path folder;

  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private final DiscoveryMetrics metrics = new DiscoveryMetrics();

  @Test
  void tellOfTheLastListingWhatCouldNotBeListed() throws Exception {
    register();
    java.nio.file.Path lost = folder.resolve("lost.jpg");
    Files.writeString(folder.resolve("a.jpg"), "a");
    Files.createSymbolicLink(lost, folder.resolve("nowhere"));

    metrics.listed(listing());
    assertThat(value("objectsUnlistable")).isEqualTo(1L);
    assertThat(value("lastListingObjects")).isEqualTo(1L);

    Files.delete(lost);
    metrics.listed(listing());
    assertThat(value("objectsUnlistable")).isEqualTo(0L);
  }

  private Object value(String gauge) {
    return gauges.get(gauge).getValue();
  }

  private void register() {
    metrics.register(
        new UnregisteredMetricsGroup() {
          @Override
          public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
          }
        },
        () -> 0,
        () -> 0);
  }

  private Listing listing() throws IOException {
    Listing listing = new Listing(version -> true, 10, Long.MIN_VALUE, Long.MIN_VALUE);
    new FolderLister(List.of(new Path(folder.toUri())), new ObjectFilter(List.of(), ""), false)
        .listInto(listing);
    return listing;
  }
}
