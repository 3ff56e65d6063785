package dev.sluice.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each action beyond an error, as a client sees it. */
class FaultActionIT {
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
  void delaysButForwards() throws Exception {
    echo.proxy.add(FaultRule.of(FaultAction.delay(Duration.ofMillis(300))));
    long start = System.nanoTime();

    HttpResponse<String> got = echo.get("/bucket/key");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    assertThat(got.statusCode()).isEqualTo(200);
  }

  @Test
  void hangsUntilClientGivesUp() throws Exception {
    Fault hang = echo.proxy.add(FaultRule.of(FaultAction.hang()));
    HttpRequest request = echo.request("/bucket/key").timeout(Duration.ofMillis(300)).build();

    assertThatThrownBy(() -> echo.client.send(request, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);

    assertThat(hang.held()).isEqualTo(1);
    assertThat(echo.server.seen).isEmpty();
  }

  @Test
  void endsHangingConnectionAtRelease() throws Exception {
    Fault hang = echo.proxy.add(FaultRule.of(FaultAction.hang()).atMost(1));
    CompletableFuture<HttpResponse<String>> pending = echo.send("/bucket/key");
    hang.awaitHeld(1, ProxiedEcho.LIMIT);

    hang.release();

    Await.until("the end of the request", ProxiedEcho.LIMIT, pending::isDone);
    assertThat(hang.held()).isZero();
  }

  @Test
  void cutsBodyAfterBytesAndAtShare() throws Exception {
    echo.proxy.add(FaultRule.of(FaultAction.cutAfter(10)).onKey("bytes"));
    echo.proxy.add(FaultRule.of(FaultAction.cutAtShare(0.5)).onKey("share"));
    echo.proxy.add(FaultRule.of(FaultAction.cutAfter(5000)).onKey("short"));
    echo.proxy.add(FaultRule.of(FaultAction.cutAtShare(0.5)).onKey("chunked"));

    assertThat(echo.bytesBeforeEnd("/b/bytes")).isEqualTo(10);
    assertThat(echo.bytesBeforeEnd("/b/share")).isEqualTo(500);
    assertThat(echo.bytesBeforeEnd("/b/short")).isEqualTo(999);
    assertThat(echo.bytesBeforeEnd("/b/chunked")).isBetween(490, 520);
    assertThatThrownBy(() -> echo.get("/b/bytes")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> echo.get("/b/chunked")).isInstanceOf(IOException.class);
  }

  @Test
  void resetsConnectionBeforeForwarding() {
    echo.proxy.add(FaultRule.of(FaultAction.reset()));

    assertThatThrownBy(() -> echo.put("/bucket/key", "x")).isInstanceOf(IOException.class);
    assertThat(echo.server.seen).isEmpty();
  }

  @Test
  void holdsRequestAndLandsItAtReleaseThoughClientHasGone() throws Exception {
    Fault late = echo.proxy.add(FaultRule.of(FaultAction.holdRequest(), "CompleteMultipartUpload"));
    HttpRequest complete =
        echo.request("/bucket/key?uploadId=7")
            .timeout(Duration.ofMillis(300))
            .POST(BodyPublishers.ofString("<parts/>"))
            .build();
    assertThatThrownBy(() -> echo.client.send(complete, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(echo.server.seen).isEmpty();

    late.release();
    late.awaitLanded(1, ProxiedEcho.LIMIT);

    assertThat(echo.server.seen).containsExactly("POST /bucket/key?uploadId=7");
    assertThat(echo.server.bodies).containsExactly("<parts/>");
  }

  @Test
  void holdsAnswerOfRequestThatTookEffect() throws Exception {
    Fault slow = echo.proxy.add(FaultRule.of(FaultAction.holdResponse(), "PutObject"));

    CompletableFuture<HttpResponse<String>> pending = echo.send("/bucket/key");
    slow.awaitHeld(1, ProxiedEcho.LIMIT);

    assertThat(echo.server.seen).containsExactly("PUT /bucket/key");
    assertThat(pending).isNotDone();
    slow.release();
    assertThat(pending.get().statusCode()).isEqualTo(200);
  }

  @Test
  void failsAfterRequestTookEffect() throws Exception {
    echo.proxy.add(FaultRule.of(FaultAction.forwardThenFail()).onKey("fail"));
    echo.proxy.add(FaultRule.of(FaultAction.forwardThenReset()).onKey("reset"));

    assertThat(echo.put("/bucket/fail", "a").statusCode()).isEqualTo(500);
    assertThatThrownBy(() -> echo.put("/bucket/reset", "b")).isInstanceOf(IOException.class);

    assertThat(echo.server.bodies).startsWith("a", "b");
  }

  @Test
  void neverForwardsWhatItHeldWhenItIsClosed() throws Exception {
    Fault late = echo.proxy.add(FaultRule.of(FaultAction.holdRequest()));
    CompletableFuture<HttpResponse<String>> pending = echo.send("/bucket/key");
    late.awaitHeld(1, ProxiedEcho.LIMIT);

    echo.proxy.close();

    Await.until("the end of the request", ProxiedEcho.LIMIT, pending::isDone);
    Await.until("the end of the hold", ProxiedEcho.LIMIT, () -> late.held() == 0);
    assertThat(echo.server.seen).isEmpty();
  }
}
