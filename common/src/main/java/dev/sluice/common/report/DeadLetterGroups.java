package dev.sluice.common.report;

import dev.sluice.common.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Dead letters by reason: all are counted, a few of each reason are kept, first by source. Memory
 * is bounded by {@value #REASONS} reasons, the rows of each and {@value #TEXT} characters of their
 * texts; what comes after that many reasons counts as {@value #OTHER}. Not thread-safe.
 */
public final class DeadLetterGroups {
  /** Reasons that are told apart. */
  public static final int REASONS = 50;

  /** The reason of all others. */
  public static final String OTHER = "other reasons";

  private static final int TEXT = 400;

  private final Map<String, Group> groups = new TreeMap<>();
  private final int rows;
  private final int payload;
  private long total;

  /**
   * No dead letters yet.
   *
   * @param rows kept of each reason
   * @param payload bytes of the original that a row shows, for records that are text; 0 for none
   */
  public DeadLetterGroups(int rows, int payload) {
    this.rows = rows;
    this.payload = payload;
  }

  /** Counts a dead letter, and keeps what is shown of it. */
  public void add(DeadLetter letter) {
    total++;
    boolean room = groups.size() < REASONS || groups.containsKey(letter.errorCode);
    groups
        .computeIfAbsent(room ? letter.errorCode : OTHER, code -> new Group(rows))
        .add(new Row(letter, payload));
  }

  /** All of them. */
  public long total() {
    return total;
  }

  /** Dead letters per reason, most frequent first. */
  public List<Map.Entry<String, Long>> countsByReason() {
    return Ranking.of(
        groups.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().count)));
  }

  /**
   * In a line of a console: {@code 6: image-corrupt 4, image-empty 2}; {@code none} without any.
   *
   * @param most reasons that are named
   */
  public String inOneLine(int most) {
    if (total == 0) {
      return "none";
    }
    List<Map.Entry<String, Long>> reasons = countsByReason();
    String first =
        reasons.stream()
            .limit(most)
            .map(reason -> reason.getKey() + " " + Figures.count(reason.getValue()))
            .collect(Collectors.joining(", "));
    int rest = reasons.size() - most;
    String more = rest > 0 ? ", and " + Figures.count(rest, "more reason") : "";
    return Figures.count(total) + ": " + first + more;
  }

  /** The rows that are kept of a reason, by source. */
  public List<Row> rows(String reason) {
    Group group = groups.get(reason);
    return group == null ? List.of() : group.rows.sorted();
  }

  private static final class Group {
    final Smallest<Row> rows;
    long count;

    Group(int most) {
      rows =
          new Smallest<>(
              most,
              Comparator.<Row, String>comparing(row -> row.source)
                  .thenComparing(row -> row.message)
                  .thenComparing(row -> row.payload)
                  .thenComparing(row -> row.size));
    }

    void add(Row row) {
      count++;
      rows.offer(row);
    }
  }

  /** What is shown of a dead letter. Immutable. */
  public static final class Row {
    /** Where it came from. */
    public final String source;

    /** What failed. */
    public final String message;

    /** The beginning of the original; empty if it is not shown. */
    public final String payload;

    /** In bytes; -1 if unknown. */
    public final long size;

    Row(DeadLetter letter, int payload) {
      source = letter.source;
      // The source is in its own column; here its short name is easier to read.
      message =
          shortened(
              letter.source.isEmpty()
                  ? letter.errorMessage
                  : letter.errorMessage.replace(letter.source, Figures.shortName(letter.source)));
      byte[] data = letter.rawData == null ? new byte[0] : letter.rawData;
      int shown = Math.min(Math.min(payload, TEXT), data.length);
      this.payload =
          new String(data, 0, shown, StandardCharsets.UTF_8)
              + (shown > 0 && shown < data.length ? "…" : "");
      size = letter.sourceSize;
    }

    private static String shortened(String text) {
      return text.length() > TEXT ? text.substring(0, TEXT) + "…" : text;
    }
  }
}
