package dev.sluice.images.report;

import dev.sluice.common.deadletter.DeadLetter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Dead letters by reason: all are counted, a few of each reason are kept, first by source. Memory
 * is bounded by {@value #REASONS} reasons of {@value #ROWS} rows. Not thread-safe.
 */
final class DeadLetterGroups {
  static final int ROWS = 20;
  static final int REASONS = 50;
  static final String OTHER = "other reasons";

  private static final int MESSAGE = 400;

  private final Map<String, Group> groups = new TreeMap<>();
  private long total;

  void add(DeadLetter letter) {
    total++;
    boolean room = groups.size() < REASONS || groups.containsKey(letter.errorCode);
    groups.computeIfAbsent(room ? letter.errorCode : OTHER, code -> new Group()).add(letter);
  }

  long total() {
    return total;
  }

  /** Dead letters per reason, most frequent first. */
  List<Map.Entry<String, Long>> countsByReason() {
    return Ranking.of(
        groups.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().count)));
  }

  /** The rows that are kept of a reason, by source. */
  List<Row> rows(String reason) {
    Group group = groups.get(reason);
    return group == null ? List.of() : group.rows.sorted();
  }

  private static final class Group {
    final Smallest<Row> rows =
        new Smallest<>(
            ROWS,
            Comparator.<Row, String>comparing(row -> row.source)
                .thenComparing(row -> row.message)
                .thenComparing(row -> row.size));
    long count;

    void add(DeadLetter letter) {
      count++;
      rows.offer(new Row(letter));
    }
  }

  /** A dead letter without its payload. Immutable. */
  static final class Row {
    final String source;
    final String message;

    /** In bytes; -1 if unknown. */
    final long size;

    Row(DeadLetter letter) {
      source = letter.source;
      // The source is in its own column; here its short name is easier to read.
      String text =
          letter.source.isEmpty()
              ? letter.errorMessage
              : letter.errorMessage.replace(letter.source, Labels.shortName(letter.source));
      message = text.length() > MESSAGE ? text.substring(0, MESSAGE) + "…" : text;
      size = letter.sourceSize;
    }
  }
}
