package dev.sluice.partitioning.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds plain fields in the bytes of a JSON record without making objects of them.
 *
 * <p>Looks at the whole record. What it takes is JSON to the strictest reader, down to duplicate
 * names, and the fields are what a parser makes of them. Whatever is not plain beyond doubt, it
 * does not take: a field that is missing or neither a text without escapes nor an integer nor a
 * boolean, a name in other than ASCII, deep nesting; then a parser has to read the record. Not
 * thread-safe.
 */
final class FieldScan {
  private static final int MOST_FIELDS = 32;
  private static final int MOST_DEPTH = 32;
  private static final int MOST_NAMES = 512;
  private static final int LONGEST_NAME = 1_000;

  /** Of a text, and of all others. The parser's own limits are above. */
  private static final int LONGEST = 10 << 20;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final Step root = new Step(new byte[0]);
  private final int fields;
  private final int[] starts;
  private final int[] ends;
  private final long[] names = new long[MOST_NAMES];

  /** By depth: a bit of each name, so that few names are looked for among the others. */
  private final long[] seen = new long[MOST_DEPTH + 1];

  private int namesUsed;
  private int found;
  private byte[] json = new byte[0];

  /**
   * @param paths names from the root; at most {@value #MOST_FIELDS}
   */
  FieldScan(List<String[]> paths) {
    if (paths.size() > MOST_FIELDS) {
      throw new IllegalArgumentException(
          "At most " + MOST_FIELDS + " fields can be found, but there were '" + paths.size() + "'");
    }
    fields = paths.size();
    starts = new int[fields];
    ends = new int[fields];
    for (int i = 0; i < fields; i++) {
      Step step = root;
      for (String name : paths.get(i)) {
        step = step.to(name);
      }
      step.fields.add(i);
    }
  }

  /** Whether it can be that many. */
  static boolean takes(int fields) {
    return fields <= MOST_FIELDS;
  }

  /** Whether the record is plain, and has all fields. If not, nothing is known of it. */
  boolean scan(byte[] record) {
    if (record.length > LONGEST) {
      return false;
    }
    json = record;
    namesUsed = 0;
    found = 0;
    int start = JsonText.skipSpace(record, 0);
    if (at(start) != '{') {
      return false;
    }
    int end = behindObject(start + 1, root, 1);
    return end > 0 && JsonText.skipSpace(record, end) == record.length && found == fields;
  }

  /** Where a field's text begins, without its quotation mark. */
  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  /** The text of a field; of a number or boolean, as it is written. */
  String text(int field) {
    int start = starts[field];
    return new String(json, start, ends[field] - start, StandardCharsets.ISO_8859_1);
  }

  private int behindObject(int from, @Nullable Step step, int depth) {
    byte[] json = this.json;
    int i = JsonText.skipSpace(json, from);
    if (JsonText.at(json, i) == '}') {
      return i + 1;
    }
    int firstName = namesUsed;
    seen[depth] = 0;
    while (JsonText.at(json, i) == '"') {
      int end = JsonText.endOfPlain(json, i + 1);
      if (end < 0 || json[end] != '"' || !isNewName(i + 1, end, firstName, depth)) {
        return -1;
      }
      Step next = step == null ? null : step.find(json, i + 1, end);
      i = JsonText.skipSpace(json, end + 1);
      if (JsonText.at(json, i) != ':') {
        return -1;
      }
      i = behindValue(JsonText.skipSpace(json, i + 1), next, depth);
      if (i < 0) {
        return -1;
      }
      i = JsonText.skipSpace(json, i);
      byte mark = JsonText.at(json, i);
      if (mark == '}') {
        namesUsed = firstName;
        return i + 1;
      }
      if (mark != ',') {
        return -1;
      }
      i = JsonText.skipSpace(json, i + 1);
    }
    return -1;
  }

  /** Takes note of a name; false if it is there already, or might be. */
  private boolean isNewName(int from, int end, int firstName, int depth) {
    if (end - from > LONGEST_NAME || namesUsed == MOST_NAMES) {
      return false;
    }
    long hash = JsonText.hash(json, from, end);
    long bit = 1L << hash;
    if ((seen[depth] & bit) != 0 && isKnown(hash, firstName)) {
      return false;
    }
    seen[depth] |= bit;
    names[namesUsed++] = hash;
    return true;
  }

  private boolean isKnown(long hash, int firstName) {
    for (int i = firstName; i < namesUsed; i++) {
      if (names[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private int behindArray(int from, int depth) {
    int i = JsonText.skipSpace(json, from);
    if (at(i) == ']') {
      return i + 1;
    }
    while (true) {
      i = behindValue(i, null, depth);
      if (i < 0) {
        return -1;
      }
      i = JsonText.skipSpace(json, i);
      if (at(i) == ']') {
        return i + 1;
      }
      if (at(i) != ',') {
        return -1;
      }
      i = JsonText.skipSpace(json, i + 1);
    }
  }

  private int behindValue(int from, @Nullable Step step, int depth) {
    switch (at(from)) {
      case '"':
        return behindText(from + 1, step);
      case '{':
        return depth == MOST_DEPTH ? -1 : behindObject(from + 1, step, depth + 1);
      case '[':
        return depth == MOST_DEPTH ? -1 : behindArray(from + 1, depth + 1);
      case 't':
        return found(step, from, JsonText.behindWord(json, from, TRUE));
      case 'f':
        return found(step, from, JsonText.behindWord(json, from, FALSE));
      case 'n':
        return JsonText.behindWord(json, from, NULL);
      default:
        return behindNumber(from, step);
    }
  }

  private int behindText(int from, @Nullable Step step) {
    int end = JsonText.endOfPlain(json, from);
    if (end < 0) {
      return -1;
    }
    if (json[end] == '"') {
      found(step, from, end);
      return end + 1;
    }
    end = JsonText.endOfText(json, end); // no field is found then
    return end < 0 ? -1 : end + 1;
  }

  private int behindNumber(int from, @Nullable Step step) {
    int end = JsonText.behindNumber(json, from);
    if (end > 0 && step != null && isInteger(from, end)) {
      found(step, from, end);
    }
    return end;
  }

  /** And not -0, which a parser writes otherwise. */
  private boolean isInteger(int from, int end) {
    for (int i = from + 1; i < end; i++) {
      if (json[i] < '0') { // as '.', '+' and '-' are
        return false;
      }
      if (json[i] > '9') {
        return false;
      }
    }
    return json[from] != '-' || json[from + 1] != '0';
  }

  private int found(@Nullable Step step, int from, int end) {
    if (step != null && end > 0) {
      for (int field : step.fields) {
        starts[field] = from;
        ends[field] = end;
        found++;
      }
    }
    return end;
  }

  private byte at(int index) {
    return JsonText.at(json, index);
  }

  /** A name on the way to fields. */
  private static final class Step {
    private final byte[] name;
    private final List<Integer> fields = new ArrayList<>();
    private Step[] next = new Step[0];

    Step(byte[] name) {
      this.name = name;
    }

    @Nullable Step find(byte[] json, int from, int to) {
      for (Step step : next) {
        int length = step.name.length;
        if (length == to - from && Arrays.equals(step.name, 0, length, json, from, to)) {
          return step;
        }
      }
      return null;
    }

    Step to(String text) {
      byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
      Step known = find(wanted, 0, wanted.length);
      if (known == null) {
        known = new Step(wanted);
        next = Arrays.copyOf(next, next.length + 1);
        next[next.length - 1] = known;
      }
      return known;
    }
  }
}
