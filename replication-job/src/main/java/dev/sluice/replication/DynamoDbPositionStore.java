package dev.sluice.replication;

import dev.sluice.common.dynamodb.TableAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Positions as items of a DynamoDB table, which the copies of several streams can share: by the
 * name of the copy, and by time. Reads are consistent. An item may be 400 kB, which is some 3,000
 * shards.
 *
 * <p>Not thread-safe.
 */
final class DynamoDbPositionStore implements PositionStore {
  /** Old lines that go with each new one: more than one, so that none are left. */
  private static final int DROPPED_AT_A_TIME = 10;

  private static final int PAGE = 20;
  private static final String CUT = "cut";

  private final DynamoDbAsyncClient client;
  private final String table;
  private final AttributeValue copy;
  private final long keepMillis;
  private final Clock clock;

  private DynamoDbPositionStore(
      DynamoDbAsyncClient client, String table, String copy, Duration keep, Clock clock) {
    this.client = client;
    this.table = table;
    this.copy = AttributeValue.fromS(copy);
    this.keepMillis = keep.toMillis();
    this.clock = clock;
  }

  /** Opens stores of a copy in a table, which is made if it is not there. */
  static PositionStore.Factory in(TableAddress table, String copy, Duration keep) {
    return () -> open(table, copy, keep, Clock.systemUTC());
  }

  /** Opens stores of a copy in a table that must be there, for who changes nothing. */
  static PositionStore.Factory existing(TableAddress table, String copy, Duration keep) {
    return () -> open(table, copy, keep, Clock.systemUTC(), PositionTable::require);
  }

  static DynamoDbPositionStore open(TableAddress table, String copy, Duration keep, Clock clock)
      throws IOException {
    return open(table, copy, keep, clock, PositionTable::prepare);
  }

  private static DynamoDbPositionStore open(
      TableAddress table, String copy, Duration keep, Clock clock, Check check) throws IOException {
    DynamoDbAsyncClient client = table.open();
    try {
      check.check(client, table.table());
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
    return new DynamoDbPositionStore(client, table.table(), copy, keep, clock);
  }

  @FunctionalInterface
  private interface Check {
    void check(DynamoDbAsyncClient client, String table) throws IOException;
  }

  @Override
  public void append(PositionCut cut) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>(key(line(cut)));
    String json = new String(PositionCutJson.write(cut), StandardCharsets.UTF_8);
    item.put(CUT, AttributeValue.fromS(json));
    var unused = DynamoDbCalls.answer(() -> client.putItem(r -> r.tableName(table).item(item)));
    drop(String.format("%020d", Math.max(0, clock.millis() - keepMillis)));
  }

  /** The newest one stays, however old it is. */
  private void drop(String before) throws IOException {
    List<Map<String, AttributeValue>> newest = page(null, false, 1, null).items();
    for (Map<String, AttributeValue> item : page(before, true, DROPPED_AT_A_TIME, null).items()) {
      if (newest.isEmpty() || !line(item).equals(line(newest.get(0)))) {
        var unused =
            DynamoDbCalls.answer(
                () -> client.deleteItem(r -> r.tableName(table).key(key(line(item)))));
      }
    }
  }

  @Override
  public Iterator<PositionCut> newestFirst() throws IOException {
    QueryResponse first = page(null, false, PAGE, null);
    return new Pages(first);
  }

  /**
   * Lines in their order.
   *
   * @param before the least that is too new; null for all
   * @param after where the page before has ended; null for the first one
   */
  private QueryResponse page(
      @Nullable String before,
      boolean oldestFirst,
      int most,
      @Nullable Map<String, AttributeValue> after)
      throws IOException {
    Map<String, String> names = new HashMap<>(Map.of("#c", PositionTable.COPY));
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":c", copy));
    String condition = "#c = :c";
    if (before != null) {
      condition += " AND #l < :l";
      names.put("#l", PositionTable.LINE);
      values.put(":l", AttributeValue.fromS(before));
    }
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression(condition)
            .expressionAttributeNames(names)
            .expressionAttributeValues(values)
            .scanIndexForward(oldestFirst)
            .consistentRead(true)
            .limit(most);
    if (after != null) {
      request.exclusiveStartKey(after);
    }
    return DynamoDbCalls.answer(() -> client.query(request.build()));
  }

  private Map<String, AttributeValue> key(String line) {
    return Map.of(PositionTable.COPY, copy, PositionTable.LINE, AttributeValue.fromS(line));
  }

  /** In the order of time; one line has one name, so that it is kept once. */
  private static String line(PositionCut cut) {
    return String.format("%020d-%020d", cut.time(), cut.checkpoint());
  }

  private static String line(Map<String, AttributeValue> item) {
    return item.getOrDefault(PositionTable.LINE, AttributeValue.fromS("")).s();
  }

  @Override
  public void close() {
    client.close();
  }

  /** Lines, a page at a time. */
  private final class Pages implements Iterator<PositionCut> {
    private QueryResponse page;
    private final Queue<Map<String, AttributeValue>> items;

    private Pages(QueryResponse first) {
      page = first;
      items = new ArrayDeque<>(first.items());
    }

    @Override
    public boolean hasNext() {
      while (items.isEmpty() && page.hasLastEvaluatedKey()) {
        try {
          page = page(null, false, PAGE, page.lastEvaluatedKey());
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot read positions of '" + copy.s() + "'", e);
        }
        items.addAll(page.items());
      }
      return !items.isEmpty();
    }

    @Override
    public PositionCut next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String json = items.remove().getOrDefault(CUT, AttributeValue.fromS("")).s();
      try {
        return PositionCutJson.read(json.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read a position of '" + copy.s() + "'", e);
      }
    }
  }
}
