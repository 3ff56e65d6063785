package dev.sluice.common.region;

import dev.sluice.common.dynamodb.TableAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A register in a DynamoDB table of one Region, by conditional writes and consistent reads.
 *
 * <p>Not in a global table that replicates asynchronously: there each Region checks conditions
 * against its own copy, so two changes of one epoch could both succeed.
 */
public final class DynamoDbRegister implements RegionRegister {
  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration TABLE_LIMIT = Duration.ofMinutes(2);
  private static final long TABLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final String KEY = "stream";
  private static final int SERVER_ERRORS = 500;

  private final DynamoDbAsyncClient client;
  private final String table;

  private DynamoDbRegister(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** A register with connections of its own. */
  public static DynamoDbRegister open(TableAddress address) {
    return new DynamoDbRegister(address.open(), address.table());
  }

  @Override
  public void prepare() throws IOException {
    try {
      DescribeTableResponse found = answer(() -> client.describeTable(r -> r.tableName(table)));
      check(found);
    } catch (ResourceNotFoundException e) {
      create();
    }
    long end = System.nanoTime() + TABLE_LIMIT.toNanos();
    while (status() != TableStatus.ACTIVE) {
      if (System.nanoTime() > end) {
        throw new IOException("Table '" + table + "' is not active after " + TABLE_LIMIT);
      }
      pause(TABLE_PAUSE_NANOS);
    }
  }

  private TableStatus status() throws IOException {
    return answer(() -> client.describeTable(r -> r.tableName(table))).table().tableStatus();
  }

  private void create() throws IOException {
    CreateTableRequest request =
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName(KEY)
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build())
            .build();
    try {
      var unused = answer(() -> client.createTable(request));
    } catch (ResourceInUseException e) {
      // Another one makes it: it becomes active all the same, and is checked.
      check(answer(() -> client.describeTable(r -> r.tableName(table))));
    }
  }

  private void check(DescribeTableResponse found) throws IOException {
    KeySchemaElement key = found.table().keySchema().get(0);
    if (found.table().keySchema().size() != 1 || !key.attributeName().equals(KEY)) {
      throw new IOException(
          "Table '" + table + "' must have the key '" + KEY + "' alone, but was made for others");
    }
  }

  @Override
  public Optional<ActiveRegion> read(String stream) throws IOException {
    return Optional.ofNullable(current(stream));
  }

  @Override
  public ActiveRegion change(long epoch, RegionChange change) throws IOException {
    ActiveRegion next = change.after(epoch, UUID.randomUUID().toString());
    try {
      var unused = answer(() -> put(epoch, next));
      return next;
    } catch (ConditionalCheckFailedException e) {
      // Perhaps by this very change, whose answer was lost before it was sent again.
      ActiveRegion current = current(change.stream);
      if (current != null && next.equals(current)) {
        return next;
      }
      throw new StaleEpochException(change.stream, epoch, current);
    } catch (ResourceNotFoundException e) {
      throw missing(e);
    } catch (IOException e) {
      ActiveRegion current = current(change.stream);
      if (current != null && next.equals(current)) {
        return next;
      }
      throw e;
    }
  }

  private CompletableFuture<?> put(long epoch, ActiveRegion next) {
    return client.putItem(
        r -> {
          r.tableName(table).item(item(next));
          if (epoch == 0) {
            r.conditionExpression("attribute_not_exists(#k)")
                .expressionAttributeNames(Map.of("#k", KEY));
          } else {
            r.conditionExpression("epoch = :epoch")
                .expressionAttributeValues(Map.of(":epoch", number(epoch)));
          }
        });
  }

  private @Nullable ActiveRegion current(String stream) throws IOException {
    try {
      Map<String, AttributeValue> item =
          answer(
                  () ->
                      client.getItem(
                          r ->
                              r.tableName(table)
                                  .key(Map.of(KEY, text(stream)))
                                  .consistentRead(true)))
              .item();
      return item.isEmpty() ? null : parse(item);
    } catch (ResourceNotFoundException e) {
      throw missing(e);
    }
  }

  private IOException missing(ResourceNotFoundException e) {
    return new IOException("Table '" + table + "' is missing: 'failover init' makes it", e);
  }

  /** Tries again what may pass; what is an answer of the table is thrown as it is. */
  private <R> R answer(Supplier<CompletableFuture<R>> call) throws IOException {
    long pause = FIRST_PAUSE_NANOS;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while the register was asked");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof ConditionalCheckFailedException
            || cause instanceof ResourceNotFoundException
            || cause instanceof ResourceInUseException) {
          throw (DynamoDbException) cause;
        }
        if (attempt == ATTEMPTS || !mayPass(cause)) {
          throw new IOException("Table '" + table + "' does not answer: " + words(cause), cause);
        }
      }
      pause(pause);
      pause *= 2;
    }
  }

  /** An error that is no answer of DynamoDB is one on the way to it. */
  private static boolean mayPass(@Nullable Throwable failure) {
    if (!(failure instanceof DynamoDbException)) {
      return true;
    }
    DynamoDbException answer = (DynamoDbException) failure;
    return answer.statusCode() >= SERVER_ERRORS || answer.isThrottlingException();
  }

  private static String words(@Nullable Throwable failure) {
    return failure instanceof DynamoDbException
            && ((DynamoDbException) failure).awsErrorDetails() != null
        ? ((DynamoDbException) failure).awsErrorDetails().errorCode() + ": " + failure.getMessage()
        : String.valueOf(failure);
  }

  private static void pause(long nanos) throws InterruptedIOException {
    LockSupport.parkNanos(nanos);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("Interrupted while the register was asked");
    }
  }

  private static Map<String, AttributeValue> item(ActiveRegion region) {
    return Map.of(
        KEY,
        text(region.stream()),
        "region",
        text(region.region()),
        "epoch",
        number(region.epoch()),
        "state",
        text(region.state().name()),
        "lease_ms",
        number(region.lease().toMillis()),
        "changed_by",
        text(region.changedBy()),
        "changed_at",
        text(region.changedAt().toString()),
        "note",
        text(region.note()),
        "change_id",
        text(region.changeId));
  }

  private static ActiveRegion parse(Map<String, AttributeValue> item) throws IOException {
    try {
      return RegionChange.to(
              required(item, KEY).s(),
              required(item, "region").s(),
              RegionState.valueOf(required(item, "state").s()),
              required(item, "changed_by").s(),
              Instant.parse(required(item, "changed_at").s()))
          .lease(Duration.ofMillis(Long.parseLong(required(item, "lease_ms").n())))
          .note(required(item, "note").s())
          .after(Long.parseLong(required(item, "epoch").n()) - 1, required(item, "change_id").s());
    } catch (RuntimeException e) {
      throw new IOException("Cannot read the register: " + e, e);
    }
  }

  private static AttributeValue required(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  @Override
  public void close() {
    client.close();
  }
}
