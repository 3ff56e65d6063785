package dev.sluice.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** JSON between text and tree. Stateless. */
final class JsonText {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  /**
   * The tree of one value.
   *
   * @throws InvalidInputException if the text is not one value of JSON; without the text
   */
  static JsonNode read(String text) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("Cannot read JSON: " + e.getOriginalMessage());
    }
    if (tree.isMissingNode()) {
      throw new InvalidInputException("Cannot read JSON: there is none");
    }
    return tree;
  }

  /** Text as it is, null as NULL, all else as JSON without blanks. */
  static @Nullable String write(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
