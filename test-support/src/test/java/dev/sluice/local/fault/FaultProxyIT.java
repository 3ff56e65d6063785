package dev.sluice.local.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is forwarded, what is answered, and who decides. */
class FaultProxyIT {
  private ProxiedEcho echo;

  @BeforeEach
  void start() throws IOException {
    echo = new ProxiedEcho();
  }

  @AfterEach
  void stop() throws IOException {
    echo.close();
  }

  @Test
  void forwardsWhatNoRuleTakes() throws Exception {
    HttpResponse<String> got = echo.put("/bucket/key", "payload");

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).hasSize(EchoServer.BODY);
    assertThat(echo.server.bodies).containsExactly("payload");
    assertThat(echo.proxy.requests()).containsOnlyKeys("PutObject");
    assertThat(echo.proxy.decisions().get(0)).hasToString("#0 PutObject 'key': forwarded");
  }

  @Test
  void keepsHostOfProxyBecauseSignaturesCoverIt() throws Exception {
    echo.get("/bucket/key");

    assertThat(echo.server.hosts).containsExactly("127.0.0.1:" + echo.proxy.endpoint().getPort());
  }

  @Test
  void forwardsChunksBothWays() throws Exception {
    var body = BodyPublishers.fromPublisher(BodyPublishers.ofString("in chunks"));

    HttpResponse<String> got =
        echo.client.send(
            echo.request("/bucket/chunked").PUT(body).build(), BodyHandlers.ofString());

    assertThat(got.body()).hasSize(EchoServer.BODY);
    assertThat(echo.server.bodies).containsExactly("in chunks");
  }

  @Test
  void answersExpectContinue() throws Exception {
    HttpRequest request =
        echo.request("/bucket/key")
            .expectContinue(true)
            .PUT(BodyPublishers.ofString("late"))
            .build();

    HttpResponse<String> got = echo.client.send(request, BodyHandlers.ofString());

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(echo.server.bodies).containsExactly("late");
  }

  @Test
  void servesManyRequestsOnOneConnection() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), echo.proxy.endpoint().getPort())) {
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write("HEAD /b/k HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8));
        HttpHead head = HttpHead.read(socket.getInputStream());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("1000");
      }
    }
    assertThat(echo.server.seen).hasSize(3);
  }

  @Test
  void answersErrorsOfS3WithoutForwarding() throws Exception {
    echo.proxy.add(FaultRule.of(FaultAction.slowDown(), "PutObject"));
    echo.proxy.add(FaultRule.of(FaultAction.internalError(), "GetObject"));
    echo.proxy.add(FaultRule.of(FaultAction.accessDenied(), "DeleteObject", "HeadObject"));

    HttpResponse<String> put = echo.put("/bucket/a&b", "payload");

    assertThat(put.statusCode()).isEqualTo(503);
    assertThat(put.headers().firstValue("Content-Type")).hasValue("application/xml");
    assertThat(put.body())
        .contains("<Code>SlowDown</Code>")
        .contains("<Resource>/bucket/a&amp;b</Resource>");
    assertThat(echo.get("/bucket/a").statusCode()).isEqualTo(500);
    assertThat(echo.send("DELETE", "/bucket/a").statusCode()).isEqualTo(403);
    assertThat(echo.send("HEAD", "/bucket/a").statusCode()).isEqualTo(403);
    assertThat(echo.server.seen).isEmpty();
  }

  @Test
  void answersErrorsOfAwsJson() throws Exception {
    echo.proxy.add(
        FaultRule.of(
            FaultAction.answer(400, "ProvisionedThroughputExceededException"), "PutRecords"));
    HttpRequest request =
        echo.request("/")
            .header("X-Amz-Target", "Kinesis_20131202.PutRecords")
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(BodyPublishers.ofString("{}"))
            .build();

    HttpResponse<String> got = echo.client.send(request, BodyHandlers.ofString());

    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(new ObjectMapper().readTree(got.body()).get("__type").asText())
        .isEqualTo("ProvisionedThroughputExceededException");
    assertThat(got.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("ProvisionedThroughputExceededException");
  }

  @Test
  void answersErrorsOfAwsInCborToClientThatSpeaksIt() throws Exception {
    echo.proxy.add(FaultRule.of(FaultAction.answer(500, "InternalFailure")));
    HttpRequest request =
        echo.request("/")
            .header("X-Amz-Target", "Kinesis_20131202.GetRecords")
            .header("Content-Type", "application/x-amz-cbor-1.1")
            .POST(BodyPublishers.noBody())
            .build();

    HttpResponse<byte[]> got = echo.client.send(request, BodyHandlers.ofByteArray());

    assertThat(got.body()[0]).isEqualTo((byte) 0xA2);
    assertThat(new String(got.body(), UTF_8)).contains("__type").contains("InternalFailure");
  }

  @Test
  void switchesRulesAtRunTime() throws Exception {
    Fault fault = echo.proxy.add(FaultRule.of(FaultAction.slowDown()).disabled());

    assertThat(echo.get("/b/k").statusCode()).isEqualTo(200);
    fault.enable();
    assertThat(echo.get("/b/k").statusCode()).isEqualTo(503);
    fault.disable();
    assertThat(echo.get("/b/k").statusCode()).isEqualTo(200);
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(fault.matched()).isEqualTo(1);
    fault.enable();
    echo.proxy.clear();
    assertThat(echo.get("/b/k").statusCode()).isEqualTo(200);
  }

  @Test
  void decidesAlikeForSameSeedAndOtherwiseForAnother() throws Exception {
    List<String> first = decisions(7);

    assertThat(decisions(7)).isEqualTo(first);
    assertThat(decisions(8)).isNotEqualTo(first);
    assertThat(first.stream().filter(text -> text.endsWith("third")).count()).isBetween(40L, 85L);
  }

  @Test
  void endsConnectionWhenServerIsGone() {
    echo.server.close();

    assertThatThrownBy(() -> echo.get("/bucket/key")).isInstanceOf(IOException.class);
  }

  private List<String> decisions(long seed) throws Exception {
    try (FaultProxy other = FaultProxy.start(echo.server.endpoint(), seed)) {
      other.add(FaultRule.of(FaultAction.slowDown()).share(0.3).named("third"));
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        HttpRequest request = HttpRequest.newBuilder(other.endpoint().resolve("/b/" + i)).build();
        echo.client.send(request, BodyHandlers.discarding());
      }
      other.decisions().forEach(decision -> texts.add(decision.toString()));
      return texts;
    }
  }
}
