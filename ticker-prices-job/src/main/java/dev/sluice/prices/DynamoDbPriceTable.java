package dev.sluice.prices;

import dev.sluice.common.dynamodb.TableAddress;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A table with the key {@code ticker}, by conditional PutItem: an item goes in only if its version
 * is greater than that of the one which is there, so writes that come twice, late, or in any order
 * leave the one with the greatest version. BatchWriteItem, which the stock sink uses, knows no
 * conditions.
 */
final class DynamoDbPriceTable implements PriceTable {
  private static final String NEWER =
      "attribute_not_exists(ticker) OR epoch < :e"
          + " OR (epoch = :e AND (#s < :s OR (#s = :s AND producer < :p)))";
  private static final Map<String, String> NAMES = Map.of("#s", "sequence");
  private static final int SERVER_ERRORS = 500;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final String region;

  private DynamoDbPriceTable(DynamoDbAsyncClient client, String table, String region) {
    this.client = client;
    this.table = table;
    this.region = region;
  }

  /**
   * Opens tables.
   *
   * @param region of the stream that is read: {@code last_updated_region}
   */
  static PriceTable.Factory at(TableAddress address, String region) {
    return () -> new DynamoDbPriceTable(address.open(), address.table(), region);
  }

  @Override
  public CompletableFuture<Boolean> put(Price price) {
    AttributeValue epoch = AttributeValue.fromN(Long.toString(price.epoch));
    AttributeValue sequence = AttributeValue.fromN(Long.toString(price.sequence));
    AttributeValue producer = AttributeValue.fromS(price.producer);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("ticker", AttributeValue.fromS(price.ticker));
    item.put("price", AttributeValue.fromN(price.price.toString()));
    item.put("event_time", AttributeValue.fromS(price.eventTime));
    item.put("epoch", epoch);
    item.put("sequence", sequence);
    item.put("producer", producer);
    item.put("last_updated_region", AttributeValue.fromS(region));
    PutItemRequest request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .conditionExpression(NEWER)
            .expressionAttributeNames(NAMES)
            .expressionAttributeValues(Map.of(":e", epoch, ":s", sequence, ":p", producer))
            .build();
    return client.putItem(request).handle((response, failure) -> answer(failure));
  }

  private static boolean answer(@Nullable Throwable failure) {
    if (failure == null) {
      return true;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ConditionalCheckFailedException) {
      return false;
    }
    throw sorted(cause == null ? failure : cause);
  }

  static TableFailedException sorted(Throwable cause) {
    if (!(cause instanceof AwsServiceException)) {
      return failed(
          isOnTheWay(cause) ? TableFailedException.Kind.TRANSIENT : TableFailedException.Kind.FATAL,
          cause.getClass().getSimpleName(),
          cause);
    }
    AwsServiceException answer = (AwsServiceException) cause;
    String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    if (answer.isThrottlingException()) {
      return failed(TableFailedException.Kind.THROTTLED, code, cause);
    }
    if (answer.statusCode() >= SERVER_ERRORS || "TransactionConflictException".equals(code)) {
      return failed(TableFailedException.Kind.TRANSIENT, code, cause);
    }
    boolean item =
        "ValidationException".equals(code)
            || "ItemCollectionSizeLimitExceededException".equals(code);
    return failed(
        item ? TableFailedException.Kind.REFUSED : TableFailedException.Kind.FATAL, code, cause);
  }

  /**
   * Connections and times have a cause or a type of their own; credentials that are not there have
   * none, and would be tried for ever.
   */
  private static boolean isOnTheWay(Throwable failure) {
    boolean late =
        failure instanceof ApiCallTimeoutException
            || failure instanceof ApiCallAttemptTimeoutException;
    return failure instanceof IOException
        || late
        || (failure instanceof SdkException && failure.getCause() != null);
  }

  private static TableFailedException failed(
      TableFailedException.Kind kind, @Nullable String code, Throwable cause) {
    String name = code == null || code.isEmpty() ? "no-code" : code;
    return new TableFailedException(kind, name, name + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
