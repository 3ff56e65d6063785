package dev.sluice.udf;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the expressions of jq that need time in proportion to their input at most: those of fields,
 * literals, comparison, addition, and functions that look at their input once. Stateless.
 */
final class LinearJq {
  private static final Set<String> WORDS =
      Set.of(
          "tostring",
          "tonumber",
          "ascii_downcase",
          "ascii_upcase",
          "length",
          "type",
          "floor",
          "not",
          "startswith",
          "endswith",
          "ltrimstr",
          "rtrimstr",
          "if",
          "then",
          "elif",
          "else",
          "end",
          "and",
          "or",
          "null",
          "true",
          "false");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+"
              + "|\"[^\"\\\\]*\"" // text without interpolation
              + "|\\.[A-Za-z_][A-Za-z0-9_]*"
              + "|\\.(?!\\.)|\\[-?\\d+\\]|\\[\"[^\"\\\\]*\"\\]"
              + "|\\d+(?:\\.\\d+)?"
              + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
              + "|//|==|!=|<=|>=|[|()+\\-<>;]");

  private LinearJq() {}

  static boolean contains(String expression) {
    Matcher token = TOKEN.matcher(expression);
    int at = 0;
    while (at < expression.length() && token.find(at) && token.start() == at) {
      if (token.group("word") != null && !WORDS.contains(token.group("word"))) {
        return false;
      }
      at = token.end();
    }
    return at == expression.length();
  }
}
