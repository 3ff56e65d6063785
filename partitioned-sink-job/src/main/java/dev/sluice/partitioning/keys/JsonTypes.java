package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Words for messages, so that they show no content. Stateless. */
final class JsonTypes {
  private JsonTypes() {}

  static String nameOf(JsonNode node) {
    String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return "aeiou".indexOf(type.charAt(0)) >= 0 ? "an " + type : "a " + type;
  }
}
