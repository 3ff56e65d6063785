package dev.sluice.testing.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Flink's REST interface: requests and answers in JSON. Thread-safe. */
public final class FlinkRest {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String BOUNDARY = "sluice-multipart-boundary";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Supplier<URI> address;
  private final Supplier<String> diagnosis;

  FlinkRest(Supplier<URI> address, Supplier<String> diagnosis) {
    this.address = address;
    this.diagnosis = diagnosis;
  }

  /** {@code http://127.0.0.1:<port>}; another one after a restart of the JobManager. */
  public URI address() {
    return address.get();
  }

  /**
   * Asks.
   *
   * @param path with its query: {@code /jobs/overview}
   * @throws RefusedException if the answer is an error
   * @throws IOException if there is none
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder(uri(path)).GET());
  }

  public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        path,
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  public JsonNode patch(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder(uri(path)).method("PATCH", BodyPublishers.noBody()));
  }

  /** Uploads a JAR of any size and returns its id for {@code /jars/:id/run}. */
  public String upload(Path jar) throws IOException, InterruptedException {
    if (!Files.isRegularFile(jar)) {
      throw new FileNotFoundException("JAR to upload must exist, but was '" + jar + "'");
    }
    Path body = Files.createTempFile("flink-upload", ".multipart");
    try {
      try (OutputStream out = Files.newOutputStream(body)) {
        String head =
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName()
                + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        Files.copy(jar, out);
        out.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      }
      String path = "/jars/upload";
      JsonNode answer =
          send(
              path,
              HttpRequest.newBuilder(uri(path))
                  .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                  .POST(BodyPublishers.ofFile(body)));
      String file = answer.path("filename").asText();
      return file.substring(file.lastIndexOf('/') + 1);
    } finally {
      Files.delete(body);
    }
  }

  /** An object of strings, from keys and values in turn. */
  static ObjectNode object(String... keysAndValues) {
    ObjectNode node = JSON.createObjectNode();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      node.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return node;
  }

  String diagnosis() {
    return diagnosis.get();
  }

  private URI uri(String path) {
    return URI.create(address.get() + path);
  }

  private JsonNode send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    if (response.statusCode() == 503) {
      // A JobManager that is not the leader yet: an answer for those who wait.
      throw new IOException("Flink answered '" + path + "' with 503: " + response.body());
    }
    if (response.statusCode() >= 300) {
      throw new RefusedException(path, response.statusCode(), response.body(), diagnosis.get());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException("Answer to '" + path + "' is not JSON", e);
    }
  }

  /** The cluster answered with an error. */
  public static final class RefusedException extends IllegalStateException {
    private final int status;

    RefusedException(String path, int status, String body, String diagnosis) {
      super(
          "Flink answered '"
              + path
              + "' with "
              + status
              + ": "
              + body.replace("\\n", "\n")
              + "\n"
              + diagnosis);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }
}
