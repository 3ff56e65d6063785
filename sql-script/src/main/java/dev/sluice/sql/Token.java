package dev.sluice.sql;

import java.util.Locale;

/** One word of SQL and where it stands, comments left out. Immutable. */
final class Token {
  enum Kind {
    /** A keyword, or a name without quotes. */
    WORD,
    NUMBER,
    /** {@code 'text'}, without what may stand before it, such as {@code U&}. */
    STRING,
    /** {@code `name`}, or {@code "name"}. */
    QUOTED_NAME,
    /** {@code ${name}} or {@code ${name:type}} outside of quotes. */
    VARIABLE,
    /** Any other character, one at a time; {@code /*+} of a hint is one, too. */
    SYMBOL
  }

  final Kind kind;
  final String text;

  /** In characters from the start of the script. */
  final int start;

  Token(Kind kind, String text, int start) {
    this.kind = kind;
    this.text = text;
    this.start = start;
  }

  int end() {
    return start + text.length();
  }

  /** Whether this is that keyword, in any case; never true for a name in quotes. */
  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
  }

  boolean isOneOf(String... words) {
    for (String word : words) {
      if (is(word)) {
        return true;
      }
    }
    return false;
  }

  /** The name that this token writes: its quotes are gone. */
  String name() {
    if (kind != Kind.QUOTED_NAME) {
      return text;
    }
    String quote = text.substring(0, 1);
    return text.substring(1, text.length() - 1).replace(quote + quote, quote);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + text;
  }
}
