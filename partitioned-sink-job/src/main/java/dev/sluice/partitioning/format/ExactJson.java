package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads a record a second time, with the fractions as they are written. The first reading, which
 * keys and most fields take, makes doubles of them: faster, and wrong for money.
 */
final class ExactJson {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private ExactJson() {}

  static JsonNode read(byte[] data) throws UnfitRecordException {
    try {
      return READER.readValue(data);
    } catch (IOException e) {
      // Its message may quote the record.
      throw new UnfitRecordException("is not JSON: " + e.getClass().getSimpleName());
    }
  }
}
