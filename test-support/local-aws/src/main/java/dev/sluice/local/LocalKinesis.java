package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A Kinesis server in a process of its own, on a free port of the loopback interface; streams live
 * in its memory until it is closed.
 *
 * <p>It serves polling and enhanced fan-out (HTTP/2 without TLS), splits and merges, and takes any
 * credentials; the Region of a request's signature names the world that it sees, so one server can
 * stand for several Regions. Known to differ from Amazon Kinesis: it never throttles, never expires
 * a record and takes records of any size; a closed shard never ends under enhanced fan-out. It
 * serves 100 to 150 requests a second, so keep to 8 shards and poll every 500 ms or slower.
 *
 * <p>Needs Node ({@code node} on the path, or the program that system property {@value #NODE}
 * names). Ends with {@link #close} by SIGKILL, or with this JVM, however that ends. Thread-safe.
 * Starts in 1 to 3 s.
 */
public final class LocalKinesis implements AutoCloseable {
  public static final String ACCESS_KEY = "test";
  public static final String SECRET_KEY = "testsecret";

  /** System property: path of the program {@code node}. */
  public static final String NODE = "sluice.node";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final String MEMORY = "--max-old-space-size=768";
  private static final Pattern LISTENING = Pattern.compile("LISTENING plain (\\d+)");

  /** Not ports: {@code server.js} takes a free port for each of them. */
  private static final Map<String, String> PORTS =
      Map.of("KINESIS_MOCK_TLS_PORT", "1", "KINESIS_MOCK_PLAIN_PORT", "2");

  /** How long the server pretends to work on what is asynchronous in Amazon Kinesis. */
  private static final List<String> DURATIONS =
      List.of(
          "CREATE_STREAM_DURATION",
          "DELETE_STREAM_DURATION",
          "REGISTER_STREAM_CONSUMER_DURATION",
          "DEREGISTER_STREAM_CONSUMER_DURATION",
          "START_STREAM_ENCRYPTION_DURATION",
          "STOP_STREAM_ENCRYPTION_DURATION",
          "MERGE_SHARDS_DURATION",
          "SPLIT_SHARD_DURATION",
          "UPDATE_SHARD_COUNT_DURATION",
          "UPDATE_STREAM_MODE_DURATION");

  private final ServerProcess process;
  private final URI endpoint;

  private LocalKinesis(ServerProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server without streams and waits until it serves.
   *
   * @throws IllegalStateException if Node is missing, if {@code test-support/local-aws} was not
   *     built, or if the server does not start; it says what to do
   */
  public static LocalKinesis start() throws IOException, InterruptedException {
    Path folder = KinesisServerFolder.find();
    if (!KinesisServerFolder.isComplete(folder)) {
      throw new IllegalStateException(
          "'" + folder + "' has no 'node_modules/kinesis-local': run 'npm ci' in it");
    }
    ServerProcess process = launch(folder);
    try {
      String port = process.awaitLine(LISTENING, START_LIMIT);
      LocalKinesis kinesis = new LocalKinesis(process, URI.create("http://127.0.0.1:" + port));
      kinesis.checkHealth();
      return kinesis;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /**
   * Gets what the server needs from the registry of npm, once: a build without tests leaves it out,
   * so that who only builds needs no Node.
   *
   * @param tell is told before a download
   * @throws IllegalStateException if Node or npm is missing, or the download fails
   */
  public static void install(Consumer<String> tell) throws InterruptedException {
    KinesisServerFolder.complete(KinesisServerFolder.find(), tell);
  }

  /** {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Creates a stream and waits until it is active. */
  public KinesisStream createStream(String region, String name, int shards)
      throws IOException, InterruptedException {
    return KinesisStream.create(endpoint, region, name, shards);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits for the end. */
  @Override
  public void close() {
    process.close();
  }

  private static ServerProcess launch(Path folder) throws IOException {
    String node = System.getProperty(NODE, "node");
    ProcessBuilder builder =
        new ProcessBuilder(node, MEMORY, folder.resolve("server.js").toString());
    Map<String, String> environment = builder.environment();
    environment.putAll(PORTS);
    DURATIONS.forEach(name -> environment.put(name, "10ms"));
    environment.put("SHARD_LIMIT", "1000");
    environment.put("SHOULD_PERSIST_DATA", "false");
    environment.put("LOG_LEVEL", "ERROR");
    environment.keySet().removeAll(List.of("INITIALIZE_STREAMS", "NODE_OPTIONS"));
    try {
      return ServerProcess.start("Kinesis server", builder);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot run '"
              + node
              + "': the local Kinesis server needs Node 18 or later; install it (Debian: 'nodejs"
              + " npm'), or name the program with -D"
              + NODE
              + "=...",
          e);
    }
  }

  private void checkHealth() throws IOException, InterruptedException {
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(endpoint.resolve("/healthcheck"))
                    .timeout(START_LIMIT)
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() != 200 || !process.isAlive()) {
      throw new IllegalStateException(
          "Kinesis server answered " + response.statusCode() + " to a look:" + process.tail());
    }
  }
}
