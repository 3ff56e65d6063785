package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDynamoDbIT {
  private static final String PUT_ONCE =
      "{\"TableName\": \"t\", \"Item\": {\"k\": {\"S\": \"a\"}, \"epoch\": {\"N\": \"1\"}},"
          + " \"ConditionExpression\": \"attribute_not_exists(k)\"}";

  @Test
  void keepsItemsAndConditionsOnLoopbackOnlyUntilItIsClosed() throws Exception {
    LocalDynamoDb dynamoDb = LocalDynamoDb.start();
    try (dynamoDb) {
      assertThat(call(dynamoDb, "us-west-2", "CreateTable", createTable()).statusCode())
          .isEqualTo(200);

      HttpResponse<String> first = call(dynamoDb, "us-west-2", "PutItem", PUT_ONCE);
      HttpResponse<String> second = call(dynamoDb, "us-west-2", "PutItem", PUT_ONCE);

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second.statusCode()).isEqualTo(400);
      assertThat(second.body()).contains("ConditionalCheckFailedException");
      assertThat(call(dynamoDb, "us-west-2", "ListTables", "{}").body()).contains("\"t\"");
      assertThat(call(dynamoDb, "us-east-2", "ListTables", "{}").body()).doesNotContain("\"t\"");
      assertListensOnLoopbackOnly(dynamoDb.endpoint().getPort());
    }
    assertThat(dynamoDb.isAlive()).isFalse();
  }

  @Test
  void saysWhatTheProcessSaidThatDidNotStart(@TempDir Path empty) {
    System.setProperty("sluice.dynamodb-server", empty.toString());
    try {
      assertThatThrownBy(LocalDynamoDb::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("DynamoDB server ended before it was ready")
          .hasMessageContaining("ServerRunner");
    } finally {
      System.clearProperty("sluice.dynamodb-server");
    }
  }

  private static String createTable() {
    return "{\"TableName\": \"t\", \"BillingMode\": \"PAY_PER_REQUEST\","
        + " \"AttributeDefinitions\": [{\"AttributeName\": \"k\", \"AttributeType\": \"S\"}],"
        + " \"KeySchema\": [{\"AttributeName\": \"k\", \"KeyType\": \"HASH\"}]}";
  }

  private static HttpResponse<String> call(
      LocalDynamoDb dynamoDb, String region, String action, String body) throws Exception {
    String credential = LocalDynamoDb.ACCESS_KEY + "/20260101/" + region + "/dynamodb/aws4_request";
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(dynamoDb.endpoint())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential="
                        + credential
                        + ", SignedHeaders=host;x-amz-date;x-amz-target, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void assertListensOnLoopbackOnly(int port) throws Exception {
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        boolean served = address.getHostAddress().equals("127.0.0.1");
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(address, port), 1000);
          assertThat(served).as(address.toString()).isTrue();
        } catch (java.io.IOException e) {
          assertThat(served).as(address + ": " + e).isFalse();
        }
      }
    }
  }
}
