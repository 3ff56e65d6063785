package dev.sluice.prices;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a tick: one JSON object with {@code ticker}, {@code price} and, if it likes, {@code
 * event_time}; other fields are left alone.
 */
final class TickJson {
  /** Of DynamoDB: bytes of a partition key, digits of a number, and its exponent. */
  private static final int MAX_KEY_BYTES = 2048;

  private static final int MAX_DIGITS = 38;
  private static final int MAX_EXPONENT = 125;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_NUMBER = 100;

  private static final ObjectReader JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private TickJson() {}

  static Price read(byte[] payload) throws MalformedTickException {
    JsonNode tick;
    try (JsonParser json = JSON.createParser(payload)) {
      tick = JSON.readTree(json);
      if (json.nextToken() != null) {
        throw new MalformedTickException("More than one JSON value");
      }
    } catch (IOException e) {
      throw new MalformedTickException("No JSON: " + e.getClass().getSimpleName());
    }
    if (tick == null || !tick.isObject()) {
      throw new MalformedTickException("No JSON object");
    }
    JsonNode time = tick.path("event_time");
    return new Price(
        ticker(tick.path("ticker")),
        price(tick.path("price")),
        time.isTextual() ? time.asText() : "");
  }

  private static String ticker(JsonNode field) throws MalformedTickException {
    String ticker = field.asText();
    if (!field.isTextual() || ticker.isEmpty()) {
      throw new MalformedTickException("'ticker' is no text");
    }
    try {
      int bytes =
          StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(ticker)).remaining();
      if (bytes > MAX_KEY_BYTES) {
        throw new MalformedTickException("'ticker' has " + bytes + " bytes");
      }
    } catch (CharacterCodingException e) {
      throw new MalformedTickException("'ticker' is no Unicode text");
    }
    return ticker;
  }

  private static BigDecimal price(JsonNode field) throws MalformedTickException {
    if (!field.isNumber()) {
      throw new MalformedTickException("'price' is no number");
    }
    BigDecimal price = field.decimalValue().stripTrailingZeros();
    int exponent = price.precision() - price.scale();
    if (price.precision() > MAX_DIGITS || Math.abs((long) exponent) > MAX_EXPONENT) {
      throw new MalformedTickException("'price' is out of range");
    }
    return price;
  }
}
