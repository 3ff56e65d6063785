package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import org.jspecify.annotations.Nullable;

/** A definite JSONPath: one that names one place. */
final class JsonPathExpression implements KeyExpression {
  private static final Configuration JACKSON =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .options(Option.SUPPRESS_EXCEPTIONS)
          .build();

  private final JsonPath path;

  /**
   * @throws InvalidKeysException if it is none, or names more than one place
   */
  JsonPathExpression(String text) throws InvalidKeysException {
    try {
      path = JsonPath.compile(text);
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw new InvalidKeysException("'" + text + "' is no JSONPath: " + e.getMessage());
    }
    if (!path.isDefinite()) {
      throw new InvalidKeysException("'" + text + "' names more than one place");
    }
  }

  @Override
  public JsonNode evaluate(JsonNode record) throws UnpartitionableException {
    try {
      @Nullable JsonNode value = path.read(record, JACKSON);
      return value == null ? NullNode.instance : value;
    } catch (JsonPathException e) {
      throw new UnpartitionableException(
          "Cannot evaluate '" + path.getPath() + "': " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return path.getPath();
  }
}
