package dev.sluice.replication.drill;

import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.common.record.RecordVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The consumer's table, read with a client of the drill's own. */
final class PriceItems implements AutoCloseable {
  private static final String KEY = "ticker";

  private final DynamoDbAsyncClient client;
  private final String table;

  PriceItems(TableAddress address) {
    client = address.open();
    table = address.table();
  }

  /** Makes the table; in DynamoDB Local it is there at once. */
  void create() throws IOException, InterruptedException {
    var unused =
        answer(
            client.createTable(
                request ->
                    request
                        .tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                            AttributeDefinition.builder()
                                .attributeName(KEY)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(
                            KeySchemaElement.builder()
                                .attributeName(KEY)
                                .keyType(KeyType.HASH)
                                .build())));
  }

  /** The version of a ticker's item, if there is one. */
  Optional<RecordVersion> version(String ticker) throws IOException, InterruptedException {
    Map<String, AttributeValue> item =
        answer(
                client.getItem(
                    request ->
                        request
                            .tableName(table)
                            .consistentRead(true)
                            .key(Map.of(KEY, AttributeValue.fromS(ticker)))))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(version(item));
  }

  /** The versions of all items by ticker. */
  Map<String, RecordVersion> versions() throws IOException, InterruptedException {
    Map<String, RecordVersion> versions = new HashMap<>();
    Map<String, AttributeValue> from = null;
    do {
      ScanResponse page = page(from);
      page.items().forEach(item -> versions.put(value(item, KEY).s(), version(item)));
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null);
    return versions;
  }

  private ScanResponse page(@Nullable Map<String, AttributeValue> from)
      throws IOException, InterruptedException {
    return answer(
        client.scan(
            request ->
                request
                    .tableName(table)
                    .consistentRead(true)
                    .projectionExpression("ticker, epoch, #s, producer")
                    .expressionAttributeNames(Map.of("#s", "sequence"))
                    .exclusiveStartKey(from)));
  }

  private static RecordVersion version(Map<String, AttributeValue> item) {
    return new RecordVersion(
        Long.parseLong(value(item, "epoch").n()),
        Long.parseLong(value(item, "sequence").n()),
        value(item, "producer").s());
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("An item has no '" + name + "'");
    }
    return value;
  }

  private static <R> R answer(CompletableFuture<R> call) throws IOException, InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw new IOException("The table does not answer: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
