package dev.sluice.udf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/**
 * An expression of jq 1.6 that gives one value. Used by one thread at a time.
 *
 * <p>What would make it depend on anything but its input is an error: {@code now}, {@code env},
 * {@code $ENV}. An evaluation ends when it has called functions, or they have given values, {@value
 * #STEPS} times, and when its thread is interrupted.
 */
final class JqQuery {
  static final int STEPS = 100_000;
  private static final Set<String> FORBIDDEN = Set.of("now", "env", "debug");
  private static final Pattern MISSING = Pattern.compile("Function (\\w+)/(\\d) does not exist");

  private final String text;
  private final JsonQuery query;
  private final Scope scope = Scope.newEmptyScope();
  private int steps;

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  JqQuery(String text) {
    this.text = text;
    if (text.contains("$ENV")) {
      throw new IllegalArgumentException("'" + text + "' must not look at $ENV");
    }
    try {
      this.query = JsonQuery.compile(text, Versions.JQ_1_6);
    } catch (JsonQueryException e) {
      throw new IllegalArgumentException("'" + text + "' is no expression of jq", e);
    }
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
    new LinkedHashMap<>(scope.getLocalFunctions()).forEach(this::bound);
  }

  private void bound(String nameAndArity, Function function) {
    int slash = nameAndArity.lastIndexOf('/');
    String name = slash < 0 ? nameAndArity : nameAndArity.substring(0, slash);
    Function bounded =
        (inner, args, in, path, output, version) -> {
          if (FORBIDDEN.contains(name)) {
            throw new JsonQueryException("'" + name + "' is not allowed");
          }
          step();
          function.apply(
              inner,
              args,
              in,
              path,
              (value, valuePath) -> {
                step();
                output.emit(value, valuePath);
              },
              version);
        };
    if (slash < 0) {
      scope.addFunction(name, bounded);
    } else {
      scope.addFunction(name, Integer.parseInt(nameAndArity.substring(slash + 1)), bounded);
    }
  }

  private void step() throws JsonQueryException {
    if (++steps > STEPS) {
      throw new JsonQueryException("it takes more than " + STEPS + " steps");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new JsonQueryException("it was stopped");
    }
  }

  /**
   * The value; null if there is none.
   *
   * @throws InvalidInputException if it cannot be evaluated, or gives more than one value
   */
  @Nullable JsonNode evaluate(JsonNode input) {
    steps = 0;
    OneValue value = new OneValue();
    try {
      query.apply(Scope.newChildScope(scope), input, value::accept);
    } catch (JsonQueryException e) {
      requireFunction(String.valueOf(e.getMessage()));
      throw new InvalidInputException("Cannot evaluate '" + text + "': " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new InvalidInputException("Cannot evaluate '" + text + "': it is nested too deep");
    }
    return value.found;
  }

  /** jackson-jq looks functions up when it needs them, and not when it compiles. */
  private void requireFunction(String message) {
    Matcher missing = MISSING.matcher(message);
    if (missing.matches()
        && text.contains(missing.group(1))
        && scope.getFunction(missing.group(1), Integer.parseInt(missing.group(2))) == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is no expression of jq: it has no function '" + missing.group(1) + "'");
    }
  }

  @Override
  public String toString() {
    return text;
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
}
