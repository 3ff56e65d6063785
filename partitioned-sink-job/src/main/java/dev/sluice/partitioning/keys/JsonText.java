package dev.sluice.partitioning.keys;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where tokens of JSON end, in bytes of UTF-8, for those that are right beyond doubt. Stateless.
 *
 * <p>All methods give -1 for what is wrong, and for what is so rare that it is not worth a rule: a
 * complete parser has to tell then.
 */
final class JsonText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long SPACES = ' ' * ONES;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;
  private static final int LONGEST_NUMBER = 40;

  private JsonText() {}

  /**
   * The first byte that is not printable ASCII, or is a quotation mark or a backslash.
   *
   * @return -1 if there is none
   */
  static int endOfPlain(byte[] json, int from) {
    int i = from;
    for (; i <= json.length - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(json, i);
      // The high bit of the first such byte, and perhaps of some behind it.
      long ends =
          (word | (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES))
              & HIGH_BITS;
      if (ends != 0) {
        return i + (Long.numberOfTrailingZeros(ends) >>> 3);
      }
    }
    for (; i < json.length; i++) {
      byte b = json[i];
      if (b < ' ' || b == '"' || b == '\\') { // those of other characters are below zero
        return i;
      }
    }
    return -1;
  }

  /** The quotation mark that ends a text, escapes and other characters in it. */
  static int endOfText(byte[] json, int from) {
    int i = endOfPlain(json, from);
    while (i >= 0 && json[i] != '"') {
      int behind = json[i] == '\\' ? behindEscape(json, i) : behindCharacter(json, i);
      i = behind < 0 ? -1 : endOfPlain(json, behind);
    }
    return i;
  }

  private static int behindEscape(byte[] json, int at) {
    switch (at(json, at + 1)) {
      case '"':
      case '\\':
      case '/':
      case 'b':
      case 'f':
      case 'n':
      case 'r':
      case 't':
        return at + 2;
      case 'u':
        // Halves of surrogate pairs are left to the parser.
        boolean surrogate = (at(json, at + 2) | 0x20) == 'd' && at(json, at + 3) > '7';
        for (int i = at + 2; i < at + 6; i++) {
          if (Character.digit(at(json, i), 16) < 0) {
            return -1;
          }
        }
        return surrogate ? -1 : at + 6;
      default:
        return -1;
    }
  }

  /** Behind a character of two bytes or more, as RFC 3629 has them. */
  private static int behindCharacter(byte[] json, int at) {
    int first = json[at] & 0xff;
    int second = at(json, at + 1) & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return second >> 6 == 2 ? at + 2 : -1;
    }
    boolean third = (at(json, at + 2) & 0xc0) == 0x80;
    if (first >= 0xe0 && first <= 0xef) {
      int least = first == 0xe0 ? 0xa0 : 0x80;
      int most = first == 0xed ? 0x9f : 0xbf;
      return second >= least && second <= most && third ? at + 3 : -1;
    }
    if (first >= 0xf0 && first <= 0xf4) {
      int least = first == 0xf0 ? 0x90 : 0x80;
      int most = first == 0xf4 ? 0x8f : 0xbf;
      boolean fourth = (at(json, at + 3) & 0xc0) == 0x80;
      return second >= least && second <= most && third && fourth ? at + 4 : -1;
    }
    return -1;
  }

  /** Behind a number of reasonable length. */
  static int behindNumber(byte[] json, int from) {
    int i = at(json, from) == '-' ? from + 1 : from;
    int end = at(json, i) == '0' ? i + 1 : behindDigits(json, i);
    if (end > 0 && at(json, end) == '.') {
      end = behindDigits(json, end + 1);
    }
    if (end > 0 && (at(json, end) | 0x20) == 'e') {
      int sign = at(json, end + 1);
      end = behindDigits(json, sign == '+' || sign == '-' ? end + 2 : end + 1);
    }
    return end - from > LONGEST_NUMBER ? -1 : end;
  }

  private static int behindDigits(byte[] json, int from) {
    int i = from;
    while (isDigit(at(json, i))) {
      i++;
    }
    return i == from ? -1 : i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Behind a word such as {@code true}. */
  static int behindWord(byte[] json, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (at(json, from + i) != word[i]) {
        return -1;
      }
    }
    return from + word.length;
  }

  /** The first byte that is no white space; the end if there is none. */
  static int skipSpace(byte[] json, int from) {
    int i = from;
    while (i < json.length && json[i] <= ' ' && isSpace(json[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Equal for equal bytes, and seldom for others. */
  static long hash(byte[] json, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash ^ (long) WORDS.get(json, i));
    }
    return i == to ? hash : mix(hash ^ lastWord(json, i, to));
  }

  /** Fewer than eight bytes, the first one lowest, and zeros above. */
  private static long lastWord(byte[] json, int from, int to) {
    if (from <= json.length - Long.BYTES) {
      return (long) WORDS.get(json, from) & (-1L >>> (Long.SIZE - Byte.SIZE * (to - from)));
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = (word << Byte.SIZE) | (json[i] & 0xff);
    }
    return word;
  }

  static long mix(long value) {
    long product = value * PRIME;
    return product ^ (product >>> 32);
  }

  /** A byte, or 0, which no token has, behind the end. */
  static byte at(byte[] json, int index) {
    return index < json.length ? json[index] : 0;
  }
}
