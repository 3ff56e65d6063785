package dev.sluice.benchmarks.partitions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The customer of a record, for the contestants that are not Sluice: with Jackson's streaming
 * parser, the cheapest that it has, through the whole record, so that broken JSON is found.
 */
final class CustomerReader {
  private static final JsonFactory JSON = new JsonFactory();

  private CustomerReader() {}

  static String read(byte[] record) throws IOException {
    try (JsonParser parser = JSON.createParser(record)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("The record is no JSON object");
      }
      String customer = null;
      JsonToken token = parser.nextToken();
      while (token != JsonToken.END_OBJECT) {
        boolean wanted = parser.currentName().equals("customer_id");
        if (parser.nextToken().isStructStart()) {
          parser.skipChildren();
        } else if (wanted) {
          customer = parser.getText();
        }
        token = parser.nextToken();
      }
      if (parser.nextToken() != null) {
        throw new IOException("There is something behind the record");
      }
      if (customer == null) {
        throw new IOException("The record has no customer_id");
      }
      return customer;
    }
  }
}
