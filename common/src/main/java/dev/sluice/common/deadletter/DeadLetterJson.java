package dev.sluice.common.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A {@link DeadLetter} as one line of JSON, and back.
 *
 * <p>Fields always come in the same order, that of Firehose's error records first: {@code
 * attemptsMade}, {@code arrivalTimestamp}, {@code errorCode}, {@code errorMessage}, {@code
 * attemptEndingTimestamp}, {@code rawData} (base64 or null), {@code stage}, {@code source}, {@code
 * sourceSize}. The line is pure ASCII, so that no character in an error message (a line separator,
 * half of a surrogate pair) can break the line or be lost.
 *
 * <p>The reader takes fields in any order, skips fields that it does not know (Firehose adds {@code
 * lambdaArn} and others) and fills those that Firehose does not write: empty {@code stage} and
 * {@code source}, the length of the payload as {@code sourceSize}.
 *
 * <p>Stateless and thread-safe.
 */
public final class DeadLetterJson {
  /** A payload may be as large as a Java array, far above Jackson's own limit of 20 MB. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private DeadLetterJson() {}

  /** One line of JSON in ASCII, without the line end. */
  public static byte[] write(DeadLetter letter) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("attemptsMade", letter.attemptsMade);
      json.writeNumberField("arrivalTimestamp", letter.arrivalTimestamp);
      json.writeStringField("errorCode", letter.errorCode);
      json.writeStringField("errorMessage", letter.errorMessage);
      json.writeNumberField("attemptEndingTimestamp", letter.attemptEndingTimestamp);
      if (letter.rawData == null) {
        json.writeNullField("rawData");
      } else {
        json.writeBinaryField("rawData", letter.rawData);
      }
      json.writeStringField("stage", letter.stage);
      json.writeStringField("source", letter.source);
      json.writeNumberField("sourceSize", letter.sourceSize);
      json.writeEndObject();
    }
    return line.toByteArray();
  }

  /**
   * Reads what {@link #write} or Firehose wrote.
   *
   * @throws IOException if the line is not one JSON object, or a field has the wrong type, or
   *     {@code errorCode} is missing. The message quotes no payload.
   */
  public static DeadLetter read(byte[] line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      require(json, json.nextToken(), JsonToken.START_OBJECT, "the line");
      DeadLetter letter = new DeadLetter();
      boolean coded = false;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        coded |= field.equals("errorCode") || field.equals("lastErrorCode");
        readField(json, field, letter);
      }
      if (json.nextToken() != null) {
        throw new IOException("Cannot read dead letter: text after the JSON object");
      }
      if (!coded) {
        throw new IOException("Cannot read dead letter: field 'errorCode' is missing");
      }
      if (letter.sourceSize < 0 && letter.rawData != null) {
        letter.sourceSize = letter.rawData.length;
      }
      return letter;
    } catch (JsonProcessingException e) {
      // Its own message quotes the text around the mistake.
      throw new IOException("Cannot read dead letter: " + e.getOriginalMessage(), e);
    }
  }

  private static void readField(JsonParser json, String field, DeadLetter letter)
      throws IOException {
    switch (field) {
      case "attemptsMade":
        require(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, field);
        letter.attemptsMade = json.getIntValue();
        break;
      case "arrivalTimestamp":
        letter.arrivalTimestamp = number(json, field);
        break;
      case "errorCode":
      case "lastErrorCode": // Firehose, where it converts formats
        letter.errorCode = text(json, field);
        break;
      case "errorMessage":
      case "lastErrorMessage":
        letter.errorMessage = text(json, field);
        break;
      case "attemptEndingTimestamp":
        letter.attemptEndingTimestamp = number(json, field);
        break;
      case "rawData":
        if (json.currentToken() != JsonToken.VALUE_NULL) {
          require(json, json.currentToken(), JsonToken.VALUE_STRING, field);
          letter.rawData = json.getBinaryValue();
        }
        break;
      case "stage":
        letter.stage = text(json, field);
        break;
      case "source":
        letter.source = text(json, field);
        break;
      case "sourceSize":
        letter.sourceSize = number(json, field);
        break;
      default:
        json.skipChildren();
    }
  }

  private static long number(JsonParser json, String field) throws IOException {
    require(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, field);
    return json.getLongValue();
  }

  private static String text(JsonParser json, String field) throws IOException {
    require(json, json.currentToken(), JsonToken.VALUE_STRING, field);
    return json.getText();
  }

  private static void require(JsonParser json, JsonToken is, JsonToken expected, String what)
      throws IOException {
    if (is != expected) {
      throw new IOException(
          "Cannot read dead letter: "
              + what
              + " must be "
              + expected
              + ", but was "
              + is
              + " at column "
              + json.currentTokenLocation().getColumnNr());
    }
  }
}
