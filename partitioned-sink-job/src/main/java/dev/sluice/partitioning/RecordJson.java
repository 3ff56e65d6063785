package dev.sluice.partitioning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.partitioning.keys.UnpartitionableException;
import java.io.CharConversionException;
import java.io.IOException;

/** Records as trees of JSON, read strictly: no name twice, nothing behind the object. Stateless. */
final class RecordJson {
  private static final int MAX_DEPTH = 500;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private RecordJson() {}

  /**
   * Parses a record.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON
   * @throws UnpartitionableException if it is not in UTF-8, or no object
   */
  static JsonNode parse(byte[] data) throws IOException, UnpartitionableException {
    JsonNode json;
    try {
      json = JSON.readTree(data);
    } catch (CharConversionException e) { // bytes that look like UTF-16 or UTF-32, and are not
      throw new UnpartitionableException("The record is no JSON: " + e.getMessage());
    }
    if (json == null || !json.isObject()) {
      throw new UnpartitionableException("The record is no JSON object");
    }
    return json;
  }
}
