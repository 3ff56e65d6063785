package dev.sluice.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The JSON protocol of Kinesis over HTTP/1.1, for a server that checks no signature: it carries the
 * Region's name and no proof. One request each, without retry. Thread-safe.
 */
final class KinesisApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final URI endpoint;
  private final String region;

  KinesisApi(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Sends one request.
   *
   * @return the answer; an empty object if it has no body
   * @throws KinesisException if the server refuses it
   */
  JsonNode call(String action, ObjectNode request) throws IOException, InterruptedException {
    String date = DATE.format(Instant.now());
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(endpoint)
                .timeout(LIMIT)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202." + action)
                .header("X-Amz-Date", date)
                .header("Authorization", authorization(date.substring(0, 8)))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode body = response.body().isEmpty() ? object() : JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new KinesisException(
          action,
          response.statusCode(),
          body.path("__type").asText("unknown"),
          body.path("message").asText(""));
    }
    return body;
  }

  private String authorization(String day) {
    return "AWS4-HMAC-SHA256 Credential="
        + LocalKinesis.ACCESS_KEY
        + "/"
        + day
        + "/"
        + region
        + "/kinesis/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target,"
        + " Signature=00";
  }
}
