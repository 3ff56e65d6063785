package dev.sluice.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds statements whose state grows without end.
 *
 * <p>Operators are taken from the plan, so a join that Flink bounds by time (interval, window,
 * temporal, lookup) is none, whatever its SQL looks like; the lines are those of the words which
 * make such operators, in the INSERT or in a view that it reads; if more words than operators are
 * there, it is the first one, with their number. What a pattern keeps is not in the plan and is
 * read from its words. Stateless.
 */
public final class UnboundedState {
  private static final String REMEDY =
      ": set 'table.exec.state.ttl', add a STATE_TTL hint, or use a window";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "Join\\(joinType=(?!.*stateTtlHints)",
              "The join keeps every row of both sides for ever" + REMEDY,
              "JOIN"),
          new Rule(
              "Join\\(joinType=(?=.*stateTtlHints)(?!.*options:\\{(LEFT=.*RIGHT=|RIGHT=.*LEFT=))",
              "The join keeps every row of one side for ever: the STATE_TTL hint names the other"
                  + " one alone",
              "JOIN"),
          new Rule(
              "(Global|Incremental)?GroupAggregate\\("
                  + "(groupBy=|partialAggGrouping=|.*DISTINCT|.*distinct\\$)(?!.*stateTtlHints)",
              "The aggregation keeps a result per group for ever" + REMEDY,
              "GROUP",
              "DISTINCT",
              "COUNT"),
          new Rule(
              "Rank\\(strategy=",
              "The ranking keeps rows per group for ever: set 'table.exec.state.ttl' or rank in a"
                  + " window",
              "ROW_NUMBER",
              "RANK",
              "DENSE_RANK"),
          new Rule(
              "Deduplicate\\(",
              "The deduplication keeps every key for ever: set 'table.exec.state.ttl' or"
                  + " deduplicate in a window",
              "ROW_NUMBER",
              "PRIMARY"),
          new Rule(
              "OverAggregate\\(.*BETWEEN UNBOUNDED PRECEDING",
              "The OVER window reaches back without bound: keys are kept for ever",
              "OVER"),
          new Rule(
              "OverAggregate\\(partitionBy=.*ROWS BETWEEN (?!UNBOUNDED)",
              "The OVER window keeps the last rows of every key for ever: set"
                  + " 'table.exec.state.ttl', or reach back by time with RANGE",
              "OVER"),
          new Rule(
              "Sink\\(.*upsertMaterialize=\\[true]",
              "The sink keeps every row for ever, to bring changes of a key into their order: set"
                  + " 'table.exec.state.ttl', or write rows with one unique key, that of the table",
              "INSERT"),
          new Rule(
              "ChangelogNormalize\\(",
              "The upsert source keeps every key for ever: set 'table.exec.state.ttl'",
              "FROM"));

  private final List<ResolvedStatement> statements;
  private final boolean hasTtl;
  private final Set<ScriptProblem> warnings = new LinkedHashSet<>();

  private UnboundedState(List<ResolvedStatement> statements, boolean hasTtl) {
    this.statements = statements;
    this.hasTtl = hasTtl;
  }

  /**
   * Warnings, in the order of the scripts.
   *
   * @param statements all of the run
   * @param hasTtl whether {@code table.exec.state.ttl} is set
   */
  public static List<ScriptProblem> of(
      List<ResolvedStatement> statements, List<SqlInsert> inserts, boolean hasTtl) {
    UnboundedState lint = new UnboundedState(statements, hasTtl);
    for (SqlInsert insert : inserts) {
      lint.checkPlan(insert);
    }
    for (ResolvedStatement statement : statements) {
      PatternState.check(statement.source()).forEach(lint.warnings::add);
    }
    return List.copyOf(lint.warnings);
  }

  private void checkPlan(SqlInsert insert) {
    if (hasTtl) {
      return;
    }
    String plan = insert.plan();
    int from = plan.indexOf("== Optimized Physical Plan =="); // that alone shows TTL hints
    int to = plan.indexOf("== Optimized Execution Plan ==");
    String text = plan.substring(Math.max(from, 0), to < 0 ? plan.length() : to);
    Map<Rule, Integer> found = new LinkedHashMap<>();
    for (String line : text.lines().collect(Collectors.toList())) {
      String operator = line.replaceFirst("^[ :+\\-]*(\\[\\d+]:)?", "");
      for (Rule rule : RULES) {
        if (rule.operator.matcher(operator).lookingAt()) {
          found.merge(rule, 1, Integer::sum);
        }
      }
    }
    found.forEach((rule, operators) -> warn(insert.statement().source(), rule, operators));
  }

  /** At each place that can be the cause; if only some of them are, at the first. */
  private void warn(Statement insert, Rule rule, int operators) {
    List<Statement> read = readBy(insert);
    for (String word : rule.words) {
      List<ScriptProblem> places = new ArrayList<>();
      for (Statement statement : read) {
        statement.tokens().stream()
            .filter(token -> token.is(word))
            .forEach(token -> places.add(statement.problem(token.start, rule.text)));
      }
      if (places.size() <= operators) {
        warnings.addAll(places);
      } else {
        ScriptProblem first = places.get(0);
        warnings.add(
            first.withRule(
                rule.text
                    + String.format(
                        " (%d of the %d places with %s, this or others)",
                        operators, places.size(), word)));
      }
      if (!places.isEmpty()) {
        return;
      }
    }
    warnings.add(insert.problem(insert.start(), rule.text));
  }

  /** The statement itself and the views whose names it mentions, and theirs. */
  private List<Statement> readBy(Statement insert) {
    List<Statement> found = new ArrayList<>(List.of(insert));
    for (int i = 0; i < found.size(); i++) {
      Statement reader = found.get(i);
      for (ResolvedStatement other : statements) {
        Statement candidate = other.source();
        boolean view = candidate.tokens().stream().limit(5).anyMatch(token -> token.is("VIEW"));
        Optional<String> name = view ? SinkNames.created(candidate) : Optional.empty();
        if (name.isPresent() && !found.contains(candidate) && mentions(reader, name.get())) {
          found.add(candidate);
        }
      }
    }
    return found;
  }

  private static boolean mentions(Statement statement, String name) {
    return statement.tokens().stream().anyMatch(token -> token.name().equalsIgnoreCase(name));
  }

  private static final class Rule {
    final Pattern operator;
    final String text;
    final String[] words;

    Rule(String operator, String text, String... words) {
      this.operator = Pattern.compile(operator);
      this.text = text;
      this.words = words;
    }
  }
}
