package dev.sluice.sql;

import dev.sluice.sql.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names of tables as statements write them, before Flink has seen any. Stateless. */
final class SinkNames {
  private SinkNames() {}

  /** Tables that an INSERT goes into, without catalog and database, in lower case. */
  static Set<String> of(List<ResolvedStatement> statements) {
    Set<String> names = new HashSet<>();
    for (ResolvedStatement statement : statements) {
      List<Token> tokens = Tokenizer.read(statement.sql()).tokens();
      boolean insert =
          tokens.size() > 2
              && tokens.get(0).is("INSERT")
              && tokens.get(1).isOneOf("INTO", "OVERWRITE");
      if (insert) {
        lastName(tokens, 2).map(name -> name.toLowerCase(Locale.ROOT)).ifPresent(names::add);
      }
    }
    return names;
  }

  /** What a statement creates: a table or a view. */
  static Optional<String> created(Statement statement) {
    List<Token> tokens = statement.tokens();
    if (!tokens.get(0).is("CREATE")) {
      return Optional.empty();
    }
    int index = 1;
    while (index < tokens.size()
        && tokens
            .get(index)
            .isOneOf("OR", "REPLACE", "TEMPORARY", "TABLE", "VIEW", "IF", "NOT", "EXISTS")) {
      index++;
    }
    return lastName(tokens, index);
  }

  /** The last part of {@code catalog.database.table} that begins at that token. */
  private static Optional<String> lastName(List<Token> tokens, int from) {
    int index = from;
    while (index + 2 < tokens.size() && tokens.get(index + 1).is(".")) {
      index += 2;
    }
    if (index >= tokens.size()) {
      return Optional.empty();
    }
    Token token = tokens.get(index);
    boolean isName = token.kind == Kind.WORD || token.kind == Kind.QUOTED_NAME;
    return isName ? Optional.of(token.name()) : Optional.empty();
  }
}
