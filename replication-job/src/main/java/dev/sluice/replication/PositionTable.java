package dev.sluice.replication;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The table of {@link DynamoDbPositionStore}. Stateless. */
final class PositionTable {
  static final String COPY = "copy";
  static final String LINE = "line";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private PositionTable() {}

  /**
   * For who changes nothing.
   *
   * @throws PositionsMissingException if it is not there
   */
  static void require(DynamoDbAsyncClient client, String table) throws IOException {
    if (!isThere(client, table)) {
      throw new PositionsMissingException(table);
    }
    prepare(client, table);
  }

  /** Makes it unless it is there; returns when it can be used, fails if it is of another form. */
  static void prepare(DynamoDbAsyncClient client, String table) throws IOException {
    if (!isThere(client, table)) {
      create(client, table);
    }
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      TableDescription found = describe(client, table);
      List<String> keys =
          found.keySchema().stream()
              .map(KeySchemaElement::attributeName)
              .collect(Collectors.toList());
      if (!keys.equals(List.of(COPY, LINE))) {
        throw new IOException(
            "Table '" + table + "' must have the keys 'copy' and 'line', but has " + keys);
      }
      if (found.tableStatus() == TableStatus.ACTIVE) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new IOException("Table '" + table + "' is not active after " + LIMIT);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static TableDescription describe(DynamoDbAsyncClient client, String table)
      throws IOException {
    return DynamoDbCalls.answer(() -> client.describeTable(r -> r.tableName(table))).table();
  }

  private static boolean isThere(DynamoDbAsyncClient client, String table) throws IOException {
    try {
      return describe(client, table).hasKeySchema();
    } catch (IOException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  private static void create(DynamoDbAsyncClient client, String table) throws IOException {
    CreateTableRequest request =
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attribute(COPY), attribute(LINE))
            .keySchema(key(COPY, KeyType.HASH), key(LINE, KeyType.RANGE))
            .build();
    try {
      var unused = DynamoDbCalls.answer(() -> client.createTable(request));
    } catch (IOException e) {
      // Another one makes it, or this one did and the answer was lost: it is looked at all the
      // same.
      if (!(e.getCause() instanceof ResourceInUseException)) {
        throw e;
      }
    }
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
