package dev.sluice.partitioning.keys;

import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where partition keys come from. Immutable once it is handed on. */
public final class KeySettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Firehose's MetadataExtractionQuery; empty for none. */
  public final String query;

  /** JSONPath by name of key. */
  public final LinkedHashMap<String, String> jsonPaths;

  /** Class of a {@link KeyFunction}; empty for none. */
  public final String function;

  /** For an evaluation that may take any time. */
  public final Duration limit;

  /** Path of the event time; empty for none. */
  public final String eventTimeField;

  /** What it holds. */
  public final EventTimeKind eventTimeKind;

  /** With all fields. */
  public KeySettings(
      String query,
      Map<String, String> jsonPaths,
      String function,
      Duration limit,
      @Nullable String eventTimeField,
      EventTimeKind eventTimeKind) {
    this.query = query;
    this.jsonPaths = new LinkedHashMap<>(jsonPaths);
    this.function = function;
    this.limit = limit;
    this.eventTimeField = eventTimeField == null ? "" : eventTimeField;
    this.eventTimeKind = eventTimeKind;
  }
}
