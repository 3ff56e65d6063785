package dev.sluice.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A {@link Classification} as one line of JSON, and back.
 *
 * <pre>{@code
 * {"path":"s3://bucket/cats/2.jpg","size":7311,"modificationTime":1767225600000,
 *  "model":{"name":"resnet18","version":"0.0.1","sha256":"…"},
 *  "top":[{"class":"tabby","probability":0.91},{"class":"lynx","probability":0.04}],
 *  "decodeMillis":2.9,"inferenceMillis":61.2,"batchSize":16,"timestamp":1767225612345}
 * }</pre>
 *
 * <p>Fields always come in this order. The line is pure ASCII, so that no character in a path or
 * class name (a line separator, half of a surrogate pair) can break the line or be lost. Stateless
 * and thread-safe.
 */
public final class ClassificationJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ClassificationJson() {}

  /** One line in ASCII, without its end. */
  public static byte[] write(Classification result) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("path", result.path);
      json.writeNumberField("size", result.size);
      json.writeNumberField("modificationTime", result.modificationTime);
      json.writeObjectFieldStart("model");
      json.writeStringField("name", result.modelName);
      json.writeStringField("version", result.modelVersion);
      json.writeStringField("sha256", result.modelSha256);
      json.writeEndObject();
      json.writeArrayFieldStart("top");
      for (int i = 0; i < result.classes.length; i++) {
        json.writeStartObject();
        json.writeStringField("class", result.classes[i]);
        json.writeNumberField("probability", result.probabilities[i]);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("decodeMillis", micros(result.decodeMillis));
      json.writeNumberField("inferenceMillis", micros(result.inferenceMillis));
      json.writeNumberField("batchSize", result.batchSize);
      json.writeNumberField("timestamp", result.timestamp);
      json.writeEndObject();
    }
    return line.toByteArray();
  }

  /** Milliseconds with three digits behind the point: more would only be noise. */
  private static double micros(double millis) {
    return Math.round(millis * 1_000) / 1_000.0;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if a field is missing or of another type, or the line is not JSON
   */
  public static Classification read(byte[] line) throws IOException {
    JsonNode json = MAPPER.readTree(line);
    try {
      Classification result = new Classification();
      result.path = text(json, "path");
      result.size = number(json, "size").longValue();
      result.modificationTime = number(json, "modificationTime").longValue();
      JsonNode model = json.required("model");
      result.modelName = text(model, "name");
      result.modelVersion = text(model, "version");
      result.modelSha256 = text(model, "sha256");
      JsonNode top = json.required("top");
      if (!top.isArray()) {
        throw new IllegalArgumentException("field 'top' must be a list");
      }
      result.classes = new String[top.size()];
      result.probabilities = new float[top.size()];
      for (int i = 0; i < top.size(); i++) {
        result.classes[i] = text(top.get(i), "class");
        result.probabilities[i] = number(top.get(i), "probability").floatValue();
      }
      result.decodeMillis = number(json, "decodeMillis").doubleValue();
      result.inferenceMillis = number(json, "inferenceMillis").doubleValue();
      result.batchSize = number(json, "batchSize").intValue();
      result.timestamp = number(json, "timestamp").longValue();
      return result;
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read classification: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("field '" + field + "' must be text");
    }
    return value.textValue();
  }

  private static JsonNode number(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.isNumber()) {
      throw new IllegalArgumentException("field '" + field + "' must be a number");
    }
    return value;
  }
}
