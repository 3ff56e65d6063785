package dev.sluice.local.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * A PutRecords of which some entries fail: the others go to the server, and the answer names all of
 * them in their order, as Kinesis does. JSON or CBOR, as the request is.
 */
final class PartialPut {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpHead head;
  private final boolean cbor;
  private final ObjectNode request;
  private final boolean[] fails;
  private final String code;

  private PartialPut(
      HttpHead head, boolean cbor, ObjectNode request, boolean[] fails, String code) {
    this.head = head;
    this.cbor = cbor;
    this.request = request;
    this.fails = fails;
    this.code = code;
  }

  /** Draws which entries fail and takes them out of the request. */
  static PartialPut of(HttpHead head, byte[] body, Fault fault) {
    ObjectNode request = read(head, body);
    JsonNode entries = request.path("Records");
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    boolean[] fails = new boolean[entries.size()];
    for (int i = 0; i < fails.length; i++) {
      fails[i] = fault.failsEntry(entries.path(i).path("PartitionKey").asText());
      if (!fails[i]) {
        kept.add(entries.path(i));
      }
    }
    request.set("Records", kept);
    boolean cbor = head.has("Content-Type", "cbor");
    return new PartialPut(head, cbor, request, fails, fault.rule().action.code);
  }

  /** True if every entry fails: there is nothing for the server. */
  boolean isEmpty() {
    return request.path("Records").isEmpty();
  }

  byte[] body() throws IOException {
    return write(request);
  }

  HttpHead head(byte[] body) {
    return head.withLength(body.length);
  }

  /** The server's answer with the failed entries between its own. */
  byte[] merged(HttpHead response, byte[] body) throws IOException {
    return merged(read(response, body));
  }

  private byte[] merged(ObjectNode stored) throws IOException {
    ArrayNode results = JSON.createArrayNode();
    int failed = stored.path("FailedRecordCount").asInt();
    JsonNode own = stored.path("Records");
    int next = 0;
    for (boolean fails : this.fails) {
      if (fails) {
        failed++;
        results.addObject().put("ErrorCode", code).put("ErrorMessage", ErrorResponse.MESSAGE);
      } else {
        results.add(own.path(next++));
      }
    }
    return write(stored.put("FailedRecordCount", failed).set("Records", results));
  }

  /** An answer without the server. */
  byte[] allFailed() throws IOException {
    byte[] body = merged(JSON.createObjectNode());
    return HttpHead.of(
            "HTTP/1.1 200 OK",
            "Content-Type: application/x-amz-" + (cbor ? "cbor" : "json") + "-1.1",
            "x-amzn-RequestId: " + ErrorResponse.REQUEST_ID)
        .withLength(body.length)
        .followedBy(body);
  }

  /** What cannot be read is a defect of the proxy, so it is loud and no end of a connection. */
  private static ObjectNode read(HttpHead head, byte[] body) {
    try {
      byte[] content = HttpBody.content(head, body);
      JsonNode tree =
          head.has("Content-Type", "cbor") ? Cbor.read(content) : JSON.readTree(content);
      if (!(tree instanceof ObjectNode) || !tree.path("Records").isArray()) {
        throw new IOException("Must be a map with 'Records'");
      }
      return (ObjectNode) tree;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot take entries from '" + head + "'", e);
    }
  }

  private byte[] write(JsonNode tree) throws IOException {
    return cbor ? Cbor.write(tree) : JSON.writeValueAsBytes(tree);
  }
}
