package dev.sluice.partitioning.prefix;

import java.nio.charset.StandardCharsets;

/**
 * Values of partition keys as parts of object names, and back.
 *
 * <p>Hive's escaping: a character that Hive escapes becomes {@code %XX} (control characters, DEL
 * and {@code " # % ' * / : = ? \ { } [ ] ^}), so that Hive, Spark, Trino and Athena read the value
 * back. Beyond Hive, because a value must not leave its place: a value of dots alone has its first
 * dot escaped ({@code ..} would name the parent folder), the empty value is {@value #EMPTY}, a
 * value that is literally so has its first character escaped, and half of a surrogate pair is
 * escaped byte by byte in the three bytes that UTF-8 would have for it. Two different values never
 * have the same name. Stateless.
 */
public final class PathEscaping {
  /** Name of the empty value, as in Hive. */
  public static final String EMPTY = "__HIVE_DEFAULT_PARTITION__";

  private static final String ESCAPED = "\"#%'*/:=?\\{}[]^\u007f";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PathEscaping() {}

  /** The value as a part of an object name; never empty, never {@code .} or {@code ..}. */
  public static String escape(String value) {
    if (value.isEmpty()) {
      return EMPTY;
    }
    int first = value.equals(EMPTY) || isDots(value) ? 0 : firstEscaped(value);
    if (first < 0) {
      return value;
    }
    StringBuilder escaped = new StringBuilder(value.length() + 16).append(value, 0, first);
    for (int i = first; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isPair(value, i)) {
        escaped.append(c).append(value.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        hex(escaped, 0xE0 | (c >> 12));
        hex(escaped, 0x80 | ((c >> 6) & 0x3F));
        hex(escaped, 0x80 | (c & 0x3F));
      } else if (mustBeEscaped(c) || (i == 0 && first == 0)) {
        hex(escaped, c);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * The value that a name stands for.
   *
   * @throws IllegalArgumentException if it is not one that {@link #escape} makes
   */
  public static String unescape(String name) {
    if (name.equals(EMPTY)) {
      return "";
    }
    StringBuilder value = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '%') {
        value.append(c);
        continue;
      }
      int code = code(name, i);
      i += 2;
      if (code >= 0xE0) { // half of a surrogate pair
        code =
            ((code & 0x0F) << 12) | ((code(name, i + 1) & 0x3F) << 6) | (code(name, i + 4) & 0x3F);
        i += 6;
      }
      value.append((char) code);
    }
    return value.toString();
  }

  /** Bytes of a name in UTF-8, as S3 counts them. */
  public static int utf8Length(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int code(String name, int at) {
    if (at + 3 > name.length() || name.charAt(at) != '%') {
      throw new IllegalArgumentException("'" + name + "' has an incomplete escape");
    }
    return Integer.parseInt(name.substring(at + 1, at + 3), 16);
  }

  private static boolean isDots(String value) {
    return value.equals(".") || value.equals("..");
  }

  private static int firstEscaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isPair(value, i)) {
        i++;
      } else if (mustBeEscaped(c) || Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isPair(String value, int at) {
    return at + 1 < value.length()
        && Character.isSurrogatePair(value.charAt(at), value.charAt(at + 1));
  }

  private static boolean mustBeEscaped(char c) {
    return c < 0x20 || (c < 0x80 && ESCAPED.indexOf(c) >= 0);
  }

  private static void hex(StringBuilder to, int code) {
    to.append('%').append(HEX[(code >> 4) & 0xF]).append(HEX[code & 0xF]);
  }
}
