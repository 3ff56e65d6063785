package dev.sluice.common.source.file;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;

/** What a {@link FileObjectSource} was built with. Immutable, checked by its builder. */
final class FileObjectSourceSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Path> inputs;
  private final ObjectFilter filter;
  private final boolean bounded;
  private final long maxObjectBytes;
  private final Duration discoveryInterval;
  private final Duration discoveryWindow;
  private final int pendingLimit;
  private final int listingAttempts;

  FileObjectSourceSettings(FileObjectSourceBuilder builder) {
    this.inputs = new ArrayList<>(builder.inputs);
    this.filter = new ObjectFilter(builder.suffixes, builder.prefix);
    this.bounded = builder.bounded;
    this.maxObjectBytes = builder.maxObjectBytes;
    this.discoveryInterval = builder.discoveryInterval;
    this.discoveryWindow = builder.discoveryWindow;
    this.pendingLimit = builder.pendingLimit;
    this.listingAttempts = builder.listingAttempts;
  }

  List<Path> inputs() {
    return inputs;
  }

  ObjectFilter filter() {
    return filter;
  }

  boolean isBounded() {
    return bounded;
  }

  long maxObjectBytes() {
    return maxObjectBytes;
  }

  Duration discoveryInterval() {
    return discoveryInterval;
  }

  Duration discoveryWindow() {
    return discoveryWindow;
  }

  int pendingLimit() {
    return pendingLimit;
  }

  int listingAttempts() {
    return listingAttempts;
  }
}
