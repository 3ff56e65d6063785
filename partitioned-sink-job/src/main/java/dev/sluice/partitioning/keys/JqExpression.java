package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** An expression of jq 1.6 that gives one value. */
final class JqExpression implements KeyExpression {
  private final String text;
  private final JsonQuery query;
  private final Scope scope;

  /**
   * @throws JsonQueryException if it is none
   */
  JqExpression(String text) throws JsonQueryException {
    this.text = text;
    this.query = JsonQuery.compile(text, Versions.JQ_1_6);
    this.scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
    JqDates.addTo(scope);
    new LinkedHashMap<>(scope.getLocalFunctions()).forEach(this::stopWhenInterrupted);
  }

  /** So that an evaluation that loops or piles up values can be ended from outside. */
  private void stopWhenInterrupted(String nameAndArity, Function function) {
    Function stoppable =
        (inner, args, in, path, output, version) -> {
          checkInterrupt();
          function.apply(
              inner,
              args,
              in,
              path,
              (value, valuePath) -> {
                checkInterrupt();
                output.emit(value, valuePath);
              },
              version);
        };
    int slash = nameAndArity.lastIndexOf('/');
    if (slash < 0) {
      scope.addFunction(nameAndArity, stoppable);
    } else {
      int arity = Integer.parseInt(nameAndArity.substring(slash + 1));
      scope.addFunction(nameAndArity.substring(0, slash), arity, stoppable);
    }
  }

  private static void checkInterrupt() throws JsonQueryException {
    if (Thread.currentThread().isInterrupted()) {
      throw new JsonQueryException("it was stopped");
    }
  }

  @Override
  public JsonNode evaluate(JsonNode record) throws UnpartitionableException {
    OneValue value = new OneValue();
    try {
      query.apply(Scope.newChildScope(scope), record, value::accept);
    } catch (JsonQueryException e) {
      throw new UnpartitionableException("Cannot evaluate '" + text + "': " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new UnpartitionableException("Cannot evaluate '" + text + "': it is nested too deep");
    }
    if (value.found == null) {
      throw new UnpartitionableException("'" + text + "' gives no value");
    }
    return value.found;
  }

  /** Ends an evaluation that gives more than one value, however many there would be. */
  private static final class OneValue {
    private @Nullable JsonNode found;

    void accept(JsonNode value) throws JsonQueryException {
      if (found != null) {
        throw new JsonQueryException("it gives more than one value");
      }
      found = value;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
