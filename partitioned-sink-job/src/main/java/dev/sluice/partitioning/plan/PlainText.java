package dev.sluice.partitioning.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them, and text of others that cannot harm a terminal. */
final class PlainText {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final String ELLIPSIS = "...";

  /** From here on scripts begin whose characters terminals show two columns wide. */
  private static final int WIDE = 0x1100;

  private PlainText() {}

  /** {@code 0}, {@code <0.01}, {@code 0.25}, {@code 12.5}, {@code 12,345}. */
  static String amount(double number) {
    if (number == 0) {
      return "0";
    }
    if (number < 0.01) {
      return "<0.01";
    }
    String form = number < 0.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, form, number);
  }

  /** {@code 12,345}. */
  static String count(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 record}, {@code 12,345 records}. */
  static String count(long number, String noun) {
    String digits = count(number);
    return digits + " " + noun + (digits.equals("1") ? "" : "s");
  }

  /** {@code 98.8 %}; 0 and 100 only if they are exact. */
  static String percent(double share) {
    if (share > 0 && share < 0.0005) {
      return "<0.1 %";
    }
    double shown = share < 1 ? Math.min(99.9, 100 * share) : 100 * share;
    return String.format(Locale.ROOT, "%.1f %%", shown);
  }

  /** {@code 812 B}, {@code 47.5 KiB}, {@code 128 MiB}, in powers of 1,024. */
  static String bytes(double bytes) {
    if (bytes < 1023.5) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    double value = bytes / 1024;
    int unit = 0;
    while (value >= 1023.5 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    boolean whole = value >= 99.95 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f " : "%.1f ", value) + UNITS[unit];
  }

  /** {@code 250 ms}, {@code 1.5 s}, {@code 5 min}, {@code 2.5 h}. */
  static String seconds(double seconds) {
    if (seconds < 1) {
      return trimmed(seconds * 1000) + " ms";
    }
    if (seconds < 60) {
      return trimmed(seconds) + " s";
    }
    return seconds < 3600 ? trimmed(seconds / 60) + " min" : trimmed(seconds / 3600) + " h";
  }

  static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  private static String trimmed(double number) {
    String text = String.format(Locale.ROOT, "%,.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /**
   * Text of unknown origin in at most so many columns: cut in its middle, since prefixes differ at
   * their ends; what is no letter, digit, punctuation, symbol or plain space is written as its
   * code, so that nothing in it moves the cursor, colours the screen or turns the direction of
   * writing. The codes are whole; a backslash is doubled, so that no text can pretend to hold one.
   *
   * @param columns at least 8
   */
  static String safe(String text, int columns) {
    int[] points = text.codePoints().toArray();
    String whole = head(points, columns);
    if (whole != null) {
      return whole;
    }
    int right = (columns - ELLIPSIS.length()) / 2;
    StringBuilder tail = new StringBuilder();
    int used = 0;
    for (int i = points.length - 1; i >= 0; i--) {
      String shown = shown(points[i]);
      used += width(points[i], shown);
      if (used > right) {
        break;
      }
      tail.insert(0, shown);
    }
    StringBuilder line = new StringBuilder();
    int left = columns - ELLIPSIS.length() - right;
    for (int point : points) {
      String shown = shown(point);
      left -= width(point, shown);
      if (left < 0) {
        break;
      }
      line.append(shown);
    }
    return line + ELLIPSIS + tail;
  }

  /** Columns that a text of {@link #safe} takes. */
  static int columns(String safe) {
    return safe.codePoints().map(point -> point < WIDE ? 1 : 2).sum();
  }

  private static @Nullable String head(int[] points, int columns) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int point : points) {
      String shown = shown(point);
      used += width(point, shown);
      if (used > columns) {
        return null;
      }
      line.append(shown);
    }
    return line.toString();
  }

  private static int width(int point, String shown) {
    return shown.length() > Character.charCount(point) || point < WIDE ? columns(shown) : 2;
  }

  private static String shown(int point) {
    if (point == '\\') {
      return "\\\\";
    }
    return isHarmless(point) ? Character.toString(point) : String.format("\\u{%x}", point);
  }

  private static boolean isHarmless(int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE:
      case Character.PRIVATE_USE:
      case Character.UNASSIGNED:
      case Character.NON_SPACING_MARK:
      case Character.ENCLOSING_MARK:
      case Character.COMBINING_SPACING_MARK:
        return false;
      case Character.SPACE_SEPARATOR:
        return point == ' ';
      default:
        return true;
    }
  }
}
