package dev.sluice.common.source.file;

import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link FileObjectSource} has come: the part of a checkpoint that belongs to its
 * enumerator. Immutable.
 */
public final class DiscoveryState {
  static final DiscoveryState INITIAL =
      new DiscoveryState(ObjectVersion.FIRST, null, List.of(), List.of());

  private final ObjectVersion floor;
  private final @Nullable ObjectVersion end;
  private final List<ObjectVersion> window;
  private final List<FileSourceSplit> returned;

  /**
   * @param floor all versions up to this one count as read
   * @param end the last version of a bounded run; null before its first listing, or if monitored
   * @param window versions above the floor that were handed to a reader, ascending
   * @param returned splits of failed readers that wait to be read again
   */
  DiscoveryState(
      ObjectVersion floor,
      @Nullable ObjectVersion end,
      List<ObjectVersion> window,
      List<FileSourceSplit> returned) {
    this.floor = floor;
    this.end = end;
    this.window = List.copyOf(window);
    this.returned = List.copyOf(returned);
  }

  ObjectVersion floor() {
    return floor;
  }

  @Nullable ObjectVersion end() {
    return end;
  }

  List<ObjectVersion> window() {
    return window;
  }

  List<FileSourceSplit> returned() {
    return returned;
  }
}
