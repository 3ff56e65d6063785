package dev.sluice.sql;

import dev.sluice.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes SQL apart as Flink's parser does: comments of all three kinds, hints (which are no
 * comments), strings and names in quotes with doubled quotes inside.
 *
 * <p>Never throws: what has no end is a problem, and reaches to the end of the text.
 */
final class Tokenizer {
  /** Before a string, {@code _latin1'…'}: a dash in it begins no comment. */
  private static final Pattern CHARSET = Pattern.compile("_[A-Za-z][A-Za-z0-9:._-]*'");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final List<Remark> comments = new ArrayList<>();
  private int at;

  private Tokenizer(String text) {
    this.text = text;
  }

  static Tokenizer read(String text) {
    Tokenizer tokenizer = new Tokenizer(text);
    while (tokenizer.at < text.length()) {
      tokenizer.next();
    }
    return tokenizer;
  }

  List<Token> tokens() {
    return tokens;
  }

  List<Remark> remarks() {
    return remarks;
  }

  /** Comments that begin with two dashes, without them. */
  List<Remark> comments() {
    return comments;
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '\uFEFF') {
      at++;
    } else if (text.startsWith("--", at)) {
      int end = lineEnd(at);
      comments.add(new Remark(at, text.substring(at + 2, end)));
      at = end;
    } else if (text.startsWith("//", at)) {
      at = lineEnd(at);
    } else if (text.startsWith("/*+", at)) {
      add(Kind.SYMBOL, at + 3);
    } else if (text.startsWith("/*", at)) {
      skipComment();
    } else if (text.startsWith("*/", at)) {
      add(Kind.SYMBOL, at + 2);
    } else if (c == '\'') {
      quoted(Kind.STRING, "The string has no end: a quote is missing");
    } else if (c == '`' || c == '"') {
      quoted(Kind.QUOTED_NAME, "The name in quotes has no end");
    } else if (text.startsWith("${", at)) {
      variable();
    } else if (Character.isDigit(c)) {
      add(Kind.NUMBER, numberEnd());
    } else if (isWordStart(c)) {
      add(Kind.WORD, wordEnd(at));
    } else {
      add(Kind.SYMBOL, at + 1);
    }
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at));
    at = end;
  }

  private void skipComment() {
    // Flink takes the character behind '/**' with it: '/***/' is open.
    boolean formal = text.startsWith("/**", at) && !text.startsWith("/**/", at);
    int end = text.indexOf("*/", at + (formal ? 4 : 2));
    if (end < 0) {
      remarks.add(new Remark(at, "The comment has no end: '*/' is missing"));
      at = text.length();
    } else {
      at = end + 2;
    }
  }

  private void quoted(Kind kind, String rule) {
    char quote = text.charAt(at);
    int end = at + 1;
    while (end < text.length()) {
      if (text.charAt(end) == quote) {
        if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
          end++;
        } else {
          add(kind, end + 1);
          return;
        }
      }
      end++;
    }
    remarks.add(new Remark(at, rule));
    at = text.length();
  }

  private void variable() {
    int end = text.indexOf('}', at);
    int line = lineEnd(at);
    if (end < 0 || end > line) {
      remarks.add(new Remark(at, "The variable has no end: '}' is missing"));
      at = line;
    } else {
      add(Kind.VARIABLE, end + 1);
    }
  }

  private int numberEnd() {
    int end = at;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      boolean exponent =
          (text.charAt(end) == 'e' || text.charAt(end) == 'E')
              && end + 1 < text.length()
              && (text.charAt(end + 1) == '-' || text.charAt(end + 1) == '+');
      end += exponent ? 2 : 1;
    }
    return end;
  }

  private int wordEnd(int from) {
    Matcher charset = CHARSET.matcher(text).region(from, text.length());
    if (charset.lookingAt()) {
      return charset.end() - 1;
    }
    int end = from;
    while (end < text.length() && isWordPart(text.charAt(end)) && !text.startsWith("${", end)) {
      end++;
    }
    return end;
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_' || Character.isSurrogate(c);
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isDigit(c) || c == '$';
  }

  /** A text and where it stands. */
  static final class Remark {
    final int start;
    final String text;

    Remark(int start, String text) {
      this.start = start;
      this.text = text;
    }
  }
}
