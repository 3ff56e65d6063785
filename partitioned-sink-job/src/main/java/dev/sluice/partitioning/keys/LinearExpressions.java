package dev.sluice.partitioning.keys;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells expressions of jq that need time in proportion to the record at most from those that may
 * need any: an expression of fields, literals, operators and functions that look at their input
 * once does. Loops, iterations, definitions, regular expressions and multiplication (of strings) do
 * not. Stateless.
 */
final class LinearExpressions {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "tostring",
          "tonumber",
          "ascii_downcase",
          "ascii_upcase",
          "length",
          "type",
          "floor",
          "not",
          "strftime",
          "gmtime",
          "mktime",
          "todate",
          "fromdate",
          "todateiso8601",
          "fromdateiso8601",
          "ltrimstr",
          "rtrimstr",
          "startswith",
          "endswith",
          "split",
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
              + "|\\.|\\[-?\\d+\\]|\\[\"[^\"\\\\]*\"\\]|\\[-?\\d*:-?\\d*\\]"
              + "|\\d+(?:\\.\\d+)?"
              + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
              + "|//|==|!=|<=|>=|[|()+\\-/%<>]");

  private LinearExpressions() {}

  static boolean contains(String expression) {
    Matcher token = TOKEN.matcher(expression);
    int at = 0;
    while (at < expression.length() && token.find(at) && token.start() == at) {
      if (token.group("word") != null && !FUNCTIONS.contains(token.group("word"))) {
        return false;
      }
      at = token.end();
    }
    return at == expression.length();
  }
}
