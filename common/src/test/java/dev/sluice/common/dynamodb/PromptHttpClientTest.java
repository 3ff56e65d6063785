package dev.sluice.common.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class PromptHttpClientTest {
  private static final byte[] NO_TABLES = "{\"TableNames\":[]}".getBytes(UTF_8);

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, NO_TABLES.length);
          exchange.getResponseBody().write(NO_TABLES);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Nothing of a job may stay behind in the process of a cluster. */
  @Test
  @Timeout(180)
  void noThreadIsLeftWhenAClientIsClosedAndNoOtherOneIsDisturbed() {
    Set<Thread> before = eventLoops();
    DynamoDbAsyncClient other = client();
    DynamoDbAsyncClient client = client();
    ask(other);
    ask(client);
    Set<Thread> both = eventLoops();

    client.close();

    assertThat(eventLoops()).hasSizeLessThan(both.size());
    ask(other);
    other.close();
    assertThat(before).containsAll(eventLoops());
  }

  /** The first request of a client, and one that has lost the connection it had. */
  @Test
  @Timeout(180)
  void whereNothingListensARequestIsRefusedLongBeforeItsTimeout() {
    try (DynamoDbAsyncClient used = client();
        DynamoDbAsyncClient unused = client()) {
      ask(used);
      server.stop(0);

      assertThatThrownBy(() -> ask(unused)).hasRootCauseInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> ask(used)).hasRootCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(used)).hasRootCauseInstanceOf(ConnectException.class);
    }
  }

  private DynamoDbAsyncClient client() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return TableAddress.of("eu-west-1", "t")
        .at(url)
        .withKeys("id", "secret")
        .timeout(Duration.ofMinutes(1))
        .open();
  }

  private static void ask(DynamoDbAsyncClient client) {
    assertThat(client.listTables().join().tableNames()).isEmpty();
  }

  private static Set<Thread> eventLoops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("NettyEventLoop"))
        .collect(Collectors.toSet());
  }
}
