package dev.sluice.local.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRuleTest {
  private static final FaultAction ACTION = FaultAction.slowDown();

  @ParameterizedTest
  @CsvSource({
    "GET /, ListBuckets, ''",
    "PUT /b, CreateBucket, ''",
    "HEAD /b, HeadBucket, ''",
    "DELETE /b/, DeleteBucket, ''",
    "GET /b?list-type=2&prefix=a%2Fb, ListObjects, a/b",
    "GET /b/?prefix=x&delimiter=%2F, ListObjects, x",
    "GET /b?uploads, ListMultipartUploads, ''",
    "GET /b?location, GetBucketLocation, ''",
    "POST /b?delete, DeleteObjects, ''",
    "GET /b/a/k%20%C3%BC+1, GetObject, a/k ü+1",
    "HEAD /b/k, HeadObject, k",
    "PUT /b/k, PutObject, k",
    "DELETE /b/k, DeleteObject, k",
    "POST /b/k?uploads, CreateMultipartUpload, k",
    "POST /b/k?uploads=, CreateMultipartUpload, k",
    "PUT /b/k?partNumber=1&uploadId=u, UploadPart, k",
    "POST /b/k?uploadId=u, CompleteMultipartUpload, k",
    "DELETE /b/k?uploadId=u, AbortMultipartUpload, k",
    "GET /b/k?uploadId=u, ListParts, k",
    "GET /b/100%, GetObject, 100%",
  })
  void namesOperationAndKeyOfS3(String line, String operation, String key) {
    AwsRequest request = request(line);

    assertThat(request.operation).isEqualTo(operation);
    assertThat(request.key).isEqualTo(key);
  }

  @Test
  void namesCopiesByHeader() {
    assertThat(request("PUT /b/k", "x-amz-copy-source: /b/other").operation)
        .isEqualTo("CopyObject");
    assertThat(request("PUT /b/k?partNumber=1&uploadId=u", "X-Amz-Copy-Source: /b/o").operation)
        .isEqualTo("UploadPartCopy");
  }

  @Test
  void namesOperationOfAwsJsonByTarget() {
    assertThat(request("POST /", "x-amz-target: DynamoDB_20120810.PutItem").operation)
        .isEqualTo("PutItem");
  }

  @Test
  void meetsOnlyItsOperationsAndKeys() {
    Fault fault = new Fault(FaultRule.of(ACTION, "GetObject").onKey("a/.*"), 1);

    assertThat(fault.decide(request("GET /b/a/k"))).isTrue();
    assertThat(fault.decide(request("GET /b/c/a/k"))).isFalse();
    assertThat(fault.decide(request("HEAD /b/a/k"))).isFalse();
    assertThat(fault.matched()).isEqualTo(1);
  }

  @Test
  void meetsFirstRequestsOnly() {
    assertThat(met(FaultRule.of(ACTION).atMost(2), 5)).containsExactly(1, 2);
  }

  @Test
  void meetsEveryThirdAfterTheFirstTwo() {
    assertThat(met(FaultRule.of(ACTION).after(2).every(3), 12)).containsExactly(5, 8, 11);
  }

  @Test
  void meetsAboutItsShareAndNoMoreThanItsMost() {
    List<Integer> met = met(FaultRule.of(ACTION).share(0.25), 4000);

    assertThat(met.size()).isBetween(850, 1150);
    assertThat(met(FaultRule.of(ACTION).share(0.25).atMost(10), 4000))
        .isEqualTo(met.subList(0, 10));
    assertThat(met(FaultRule.of(ACTION).share(0), 100)).isEmpty();
    assertThat(met(FaultRule.of(ACTION).share(1), 100)).hasSize(100);
  }

  @Test
  void leavesTheRuleItCameFromAsItWas() {
    FaultRule all = FaultRule.of(ACTION);

    all.atMost(1).disabled();

    assertThat(met(all, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> FaultRule.of(ACTION).share(1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> FaultRule.of(ACTION).share(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> FaultRule.of(ACTION).every(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> FaultAction.answer(200, "OK")).hasMessageContaining("200");
    assertThatThrownBy(() -> FaultAction.cutAfter(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> FaultProxy.start(java.net.URI.create("https://a:1"), 1))
        .hasMessageContaining("https://a:1");
    assertThat(FaultAction.delay(Duration.ZERO)).hasToString("DELAY");
  }

  private static List<Integer> met(FaultRule rule, int requests) {
    Fault fault = new Fault(rule, 11);
    List<Integer> met = new ArrayList<>();
    for (int i = 1; i <= requests; i++) {
      if (fault.decide(request("GET /b/k"))) {
        met.add(i);
      }
    }
    return met;
  }

  private static AwsRequest request(String line, String... headers) {
    String text = line + " HTTP/1.1\r\nHost: h\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    try {
      return AwsRequest.of(HttpHead.read(new ByteArrayInputStream(text.getBytes(ISO_8859_1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
