package dev.sluice.udf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_QUERY_JQ(json, expression)}: the value that an expression of jq 1.6 has for a JSON
 * text. Text comes as it is, JSON's null as NULL, everything else as JSON; an expression without a
 * value gives NULL.
 *
 * <p>An evaluation is bounded: those that only look at fields are linear and run in place; all
 * others run in a thread. After {@value JqQuery#STEPS} steps the row has failed; after {@value
 * #LIMIT_MILLIS} milliseconds the task, as the same row may be good on a machine that is less busy.
 * What is not bounded is the length of a text that {@code *} repeats.
 *
 * <p>Compiled expressions are kept, {@value #KEPT} at most. jackson-jq has no {@code strftime} and
 * its relatives; {@code now}, {@code env} and {@code $ENV} are refused.
 */
public final class JsonQueryJq extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  static final int LIMIT_MILLIS = 30_000;
  static final int KEPT = 64;

  private transient @Nullable Map<String, JqQuery> queries;
  private transient @Nullable JqThread thread;

  /**
   * NULL if one of the two is NULL.
   *
   * @throws InvalidInputException if the text is no JSON, or the expression fails on it, gives more
   *     than one value, or takes too many steps
   * @throws IllegalArgumentException if the expression is none
   * @throws IllegalStateException if it does not end in time
   */
  public @Nullable String eval(@Nullable String json, @Nullable String expression) {
    if (json == null || expression == null) {
      return null;
    }
    if (queries == null) {
      queries = new RecentQueries();
    }
    JqQuery query = queries.computeIfAbsent(expression, JqQuery::new);
    JsonNode input = JsonText.read(json);
    JsonNode value = LinearJq.contains(expression) ? query.evaluate(input) : inThread(query, input);
    return value == null ? null : JsonText.write(value);
  }

  private @Nullable JsonNode inThread(JqQuery query, JsonNode input) {
    if (thread == null) {
      thread = new JqThread(Duration.ofMillis(LIMIT_MILLIS));
    }
    return thread.evaluate(query, input);
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.close();
      thread = null;
    }
  }

  private static final class RecentQueries extends LinkedHashMap<String, JqQuery> {
    private static final long serialVersionUID = 1L;

    RecentQueries() {
      super(KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, JqQuery> eldest) {
      return size() > KEPT;
    }
  }
}
