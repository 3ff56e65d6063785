package dev.sluice.sql;

import dev.sluice.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills the variables of one statement in. What a value is written as follows from where it stands:
 * inside of quotes as text of that string or name; outside as its type says, which is that of
 * {@code ${name:type}}, or the declared one, or that of a name where SQL seems to want one. A value
 * never ends the quotes that it stands in and never becomes more than one value.
 */
final class VariableFiller {
  private static final Pattern IN_QUOTES = Pattern.compile("\\$?\\$\\{[^}'`\\n]*}?");
  private static final Set<String> BEFORE_NAMES =
      Set.of("FROM", "JOIN", "INTO", "TABLE", "VIEW", "FUNCTION", "DATABASE", "CATALOG", "EXISTS");

  private final Statement statement;
  private final Map<String, VariableDeclaration> declared;
  private final VariableValues values;
  private final Secrets secrets;
  private final List<ScriptProblem> problems = new ArrayList<>();
  private final Set<String> used;

  VariableFiller(
      Statement statement,
      Map<String, VariableDeclaration> declared,
      VariableValues values,
      Secrets secrets,
      Set<String> used) {
    this.statement = statement;
    this.declared = declared;
    this.values = values;
    this.secrets = secrets;
    this.used = used;
  }

  /** If there are {@link #problems}, the result is of no use. */
  ResolvedStatement fill() {
    ResolvedStatement.Writer writer = new ResolvedStatement.Writer(statement);
    List<Token> tokens = statement.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind == Kind.VARIABLE) {
        writer.replace(token, outsideOfQuotes(i));
      } else if ((token.kind == Kind.STRING || token.kind == Kind.QUOTED_NAME)
          && token.text.contains("${")) {
        writer.replace(token, insideOfQuotes(i));
      }
    }
    return writer.finish();
  }

  List<ScriptProblem> problems() {
    return problems;
  }

  private String outsideOfQuotes(int index) {
    Token token = statement.tokens().get(index);
    Optional<VariableUse> use = use(token.text, token.start);
    if (use.isEmpty()) {
      return "";
    }
    checkNeighbours(index, token);
    VariableType type = use.get().type;
    VariableDeclaration declaration = declared.get(use.get().name);
    if (type == null && declaration != null) {
      type = declaration.type();
    }
    if (type == null && isNamePosition(index)) {
      type = VariableType.IDENTIFIER;
    }
    if (type == null) {
      return problem(
          token.start,
          "Variable '"
              + use.get().name
              + "' has no type here: declare it in the head, or write ${"
              + use.get().name
              + ":number} (or "
              + VariableType.names()
              + ")");
    }
    if (type == VariableType.SECRET) {
      return problem(token.start, "A secret can only be the value of an option, in quotes");
    }
    VariableType written = type;
    return value(use.get(), type, token.start).map(written::literal).orElse("");
  }

  private boolean isNamePosition(int index) {
    List<Token> tokens = statement.tokens();
    Token before = index > 0 ? tokens.get(index - 1) : null;
    Token after = index + 1 < tokens.size() ? tokens.get(index + 1) : null;
    if (after != null && after.is(".")) {
      return true;
    }
    if (before == null) {
      return false;
    }
    return before.is(".")
        || (before.kind == Kind.WORD && BEFORE_NAMES.stream().anyMatch(before::is))
        || (before.is("(") && index > 1 && tokens.get(index - 2).is("DESCRIPTOR"));
  }

  /** A value beside a word without a space between would become a part of it. */
  private void checkNeighbours(int index, Token token) {
    List<Token> tokens = statement.tokens();
    Token before = index > 0 ? tokens.get(index - 1) : null;
    Token after = index + 1 < tokens.size() ? tokens.get(index + 1) : null;
    boolean touches =
        (before != null && before.end() == token.start && before.kind != Kind.SYMBOL)
            || (after != null && after.start == token.end() && after.kind != Kind.SYMBOL);
    if (touches) {
      problem(
          token.start,
          "A variable outside of quotes is a whole value: put the quotes around all of it");
    }
  }

  private String insideOfQuotes(int index) {
    Token token = statement.tokens().get(index);
    if (isEscaped(index, token)) {
      return problem(token.start, "A variable cannot stand in this kind of string or name");
    }
    Matcher matcher = IN_QUOTES.matcher(token.text);
    StringBuilder filled = new StringBuilder();
    int copied = 0;
    while (matcher.find()) {
      filled.append(token.text, copied, matcher.start());
      copied = matcher.end();
      if (matcher.group().startsWith("$$")) {
        filled.append(matcher.group().substring(1)); // '$${' writes '${'
      } else {
        filled.append(inQuotes(matcher.group(), token, matcher.start(), index));
      }
    }
    return filled.append(token.text, copied, token.text.length()).toString();
  }

  private String inQuotes(String text, Token token, int offset, int index) {
    int place = token.start + offset;
    Optional<VariableUse> use = use(text, place);
    if (use.isEmpty()) {
      return "";
    }
    VariableDeclaration declaration = declared.get(use.get().name);
    VariableType type = use.get().type;
    if (type == null) {
      type = declaration == null ? VariableType.STRING : declaration.type();
    }
    Optional<String> value = value(use.get(), type, place);
    if (value.isEmpty()) {
      return "";
    }
    if (type == VariableType.SECRET) {
      return secret(use.get(), value.get(), token, text, index);
    }
    String quote = token.text.substring(0, 1);
    return value.get().replace(quote, quote + quote);
  }

  private String secret(VariableUse use, String reference, Token token, String text, int index) {
    List<Token> tokens = statement.tokens();
    boolean isOption =
        token.kind == Kind.STRING
            && token.text.length() == text.length() + 2
            && index > 1
            && tokens.get(index - 1).is("=")
            && tokens.get(index - 2).kind == Kind.STRING
            && isInWith(index);
    if (!isOption) {
      return problem(
          token.start,
          "A secret can only be the whole value of an option in WITH of a table or catalog");
    }
    try {
      return secrets.placeholder(reference);
    } catch (IllegalArgumentException e) {
      return problem(token.start, "Variable '" + use.name + "' " + e.getMessage());
    }
  }

  /** Whether the token is in the brackets of the WITH that belongs to a table or a catalog. */
  private boolean isInWith(int index) {
    List<Token> tokens = statement.tokens();
    boolean creates =
        statement.beginsWith("CREATE", "TABLE")
            || statement.beginsWith("CREATE", "TEMPORARY", "TABLE")
            || statement.beginsWith("CREATE", "CATALOG");
    int depth = 0;
    boolean inWith = false;
    for (int i = 0; creates && i < index; i++) {
      if (tokens.get(i).is("(")) {
        inWith = depth++ == 0 && tokens.get(i - 1).is("WITH");
      } else if (tokens.get(i).is(")")) {
        inWith = false;
        depth--;
      } else if (depth == 0 && tokens.get(i).isOneOf("AS", "SELECT")) {
        return false; // the query of CREATE TABLE AS has a WITH of its own
      }
    }
    return inWith;
  }

  /** Strings with escapes of their own, {@code U&'…'}: a value could say something else there. */
  private boolean isEscaped(int index, Token token) {
    if (token.text.startsWith("\"")) {
      return true;
    }
    Token before = index > 0 ? statement.tokens().get(index - 1) : null;
    return before != null
        && before.end() == token.start
        && (before.kind != Kind.SYMBOL || before.is("&"));
  }

  private Optional<VariableUse> use(String text, int place) {
    Optional<VariableUse> use = VariableUse.parse(text);
    if (use.isEmpty()) {
      problem(
          place,
          "A variable is written ${name} or ${name:type} with a type of "
              + VariableType.names()
              + (statement.script().text().charAt(place) == '$' ? ", and '${' itself $${" : ""));
    }
    use.ifPresent(found -> used.add(found.name));
    return use;
  }

  /** The value, if there is one and it fits. */
  private Optional<String> value(VariableUse use, VariableType type, int place) {
    VariableDeclaration declaration = declared.get(use.name);
    Optional<String> given = values.find(use.name);
    Optional<String> value =
        given.isPresent() || declaration == null ? given : declaration.defaultValue();
    if (value.isEmpty()) {
      problem(place, "Variable '" + use.name + "' has no value and no default");
      return value;
    }
    Optional<String> refusal = type.refuses(value.get());
    if (refusal.isEmpty() && declaration != null) {
      refusal = declaration.type().refuses(value.get());
    }
    if (refusal.isPresent()) {
      boolean hide =
          type == VariableType.SECRET
              || (declaration != null && declaration.type() == VariableType.SECRET);
      String shown = hide ? "" : ", but was '" + shown(value.get()) + "'";
      problem(
          place,
          "Variable '" + use.name + "' " + refusal.get() + shown + " (" + values.origin() + ")");
      return Optional.empty();
    }
    return value;
  }

  private static String shown(String value) {
    String line = value.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }

  private String problem(int place, @Nullable String rule) {
    problems.add(statement.problem(place, String.valueOf(rule)));
    return "";
  }
}
