package dev.sluice.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A {@link PositionCut} as JSON, and back. Stateless. */
final class PositionCutJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  private PositionCutJson() {}

  static byte[] write(PositionCut cut) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", VERSION);
    node.put("checkpoint", cut.checkpoint());
    node.put("time", cut.time());
    node.put("targetTime", cut.targetTime());
    ObjectNode source = node.putObject("source");
    cut.source().forEach(source::put);
    ObjectNode target = node.putObject("target");
    cut.target().forEach(target::put);
    return JSON.writeValueAsBytes(node);
  }

  static PositionCut read(byte[] bytes) throws IOException {
    JsonNode node = JSON.readTree(bytes);
    if (node.path("version").asInt() != VERSION) {
      throw new IOException(
          "Cannot read position: version '" + node.path("version") + "' is not 1");
    }
    return new PositionCut(
        node.path("checkpoint").asLong(),
        node.path("time").asLong(),
        node.path("targetTime").asLong(),
        map(node.path("source")),
        map(node.path("target")));
  }

  private static Map<String, String> map(JsonNode node) {
    Map<String, String> map = new TreeMap<>();
    node.properties().forEach(field -> map.put(field.getKey(), field.getValue().asText()));
    return map;
  }
}
