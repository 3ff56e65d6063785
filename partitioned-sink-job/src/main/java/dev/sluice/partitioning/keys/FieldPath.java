package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain field access, {@code .a.b["c d"]}, with jq's answers and without jq: a field that is
 * missing, or of null, is null; a field of anything else is an error.
 */
final class FieldPath implements KeyExpression {
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\.?\\[\"([^\"\\\\]*)\"\\]");

  private final String text;
  private final String[] names;

  private FieldPath(String text, List<String> names) {
    this.text = text;
    this.names = names.toArray(new String[0]);
  }

  /** Nothing if the expression is more than plain field access. */
  static Optional<FieldPath> parse(String expression) {
    String text = expression.trim();
    Matcher step = STEP.matcher(text);
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < text.length() && step.find(at) && step.start() == at) {
      boolean bracketWithoutDot = text.charAt(at) == '[';
      if (bracketWithoutDot && at == 0) {
        return Optional.empty(); // ["a"] makes an array
      }
      names.add(step.group(1) != null ? step.group(1) : step.group(2));
      at = step.end();
    }
    return at == text.length() && !names.isEmpty()
        ? Optional.of(new FieldPath(text, names))
        : Optional.empty();
  }

  /** From the root. */
  String[] names() {
    return names.clone();
  }

  @Override
  public JsonNode evaluate(JsonNode record) throws UnpartitionableException {
    JsonNode node = record;
    for (String name : names) {
      if (node.isObject()) {
        JsonNode field = node.get(name);
        node = field == null ? NullNode.instance : field;
      } else if (!node.isNull()) {
        throw new UnpartitionableException(
            String.format(
                "Cannot evaluate '%s': '%s' is asked of %s", text, name, JsonTypes.nameOf(node)));
      }
    }
    return node;
  }

  @Override
  public String toString() {
    return text;
  }
}
