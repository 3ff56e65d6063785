package dev.sluice.replication.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.common.region.ActiveRegion;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a switch leaves in the register's free text, so that it can be gone on with: the register is
 * the journal, and a step and its entry are one conditional write. Immutable.
 */
public final class SwitchNote {
  private static final ObjectMapper JSON = new ObjectMapper();

  final String operation;
  final Optional<Instant> copyFrom;
  final Optional<Instant> since;

  /**
   * A note.
   *
   * @param operation the command that has made the change
   * @param copyFrom records that arrived in the record's Region from this time on, by the clock of
   *     the stream there, are not in the other one unless they were copied
   * @param since when the writing there began, by the clock of the controller
   */
  SwitchNote(String operation, @Nullable Instant copyFrom, @Nullable Instant since) {
    this.operation = operation;
    this.copyFrom = Optional.ofNullable(copyFrom);
    this.since = Optional.ofNullable(since);
  }

  /** What a record says, or that it says nothing. */
  public static SwitchNote of(ActiveRegion record) {
    return parse(record.note()).orElseGet(() -> new SwitchNote("", null, null));
  }

  /** The time from which a copy out of the record's Region has to begin, if there is one. */
  public Optional<Instant> copyFrom() {
    return copyFrom;
  }

  /** Another operation, and the same times: the writing stays where it is. */
  SwitchNote by(String other) {
    return new SwitchNote(other, copyFrom.orElse(null), since.orElse(null));
  }

  /** Empty if the text is somebody's own. */
  static Optional<SwitchNote> parse(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(text);
      String operation = node.path("operation").asText();
      return operation.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new SwitchNote(operation, time(node.get("copyFrom")), time(node.get("since"))));
    } catch (IOException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Instant time(@Nullable JsonNode node) {
    return node == null ? null : Instant.parse(node.asText());
  }

  /** One line of JSON. */
  String text() {
    ObjectNode node = JSON.createObjectNode();
    node.put("operation", operation);
    copyFrom.ifPresent(time -> node.put("copyFrom", time.toString()));
    since.ifPresent(time -> node.put("since", time.toString()));
    return node.toString();
  }
}
