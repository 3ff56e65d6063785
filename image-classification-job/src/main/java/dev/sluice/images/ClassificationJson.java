package dev.sluice.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * <p>Fields always come in this order. Stateless and thread-safe.
 */
public final class ClassificationJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ClassificationJson() {}

  /** One line in UTF-8, without its end. */
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
   * @throws IOException if a field is missing or the line is not JSON
   */
  public static Classification read(byte[] line) throws IOException {
    JsonNode json = MAPPER.readTree(line);
    try {
      Classification result = new Classification();
      result.path = json.required("path").textValue();
      result.size = json.required("size").longValue();
      result.modificationTime = json.required("modificationTime").longValue();
      JsonNode model = json.required("model");
      result.modelName = model.required("name").textValue();
      result.modelVersion = model.required("version").textValue();
      result.modelSha256 = model.required("sha256").textValue();
      JsonNode top = json.required("top");
      result.classes = new String[top.size()];
      result.probabilities = new float[top.size()];
      for (int i = 0; i < top.size(); i++) {
        result.classes[i] = top.get(i).required("class").textValue();
        result.probabilities[i] = top.get(i).required("probability").floatValue();
      }
      result.decodeMillis = json.required("decodeMillis").doubleValue();
      result.inferenceMillis = json.required("inferenceMillis").doubleValue();
      result.batchSize = json.required("batchSize").intValue();
      result.timestamp = json.required("timestamp").longValue();
      return result;
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read classification: " + e.getMessage(), e);
    }
  }
}
