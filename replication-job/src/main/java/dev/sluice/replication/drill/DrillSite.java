package dev.sluice.replication.drill;

import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalDynamoDb;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two Regions and a third one on this machine: a Kinesis server each for home and away, DynamoDB
 * for the tables, and in front of home the proxy that all clients go through, so that one rule
 * there is an outage for everybody.
 */
final class DrillSite implements AutoCloseable {
  static final String HOME = "us-west-2";
  static final String AWAY = "us-east-2";

  /** Of register, positions and prices: it outlives both. */
  static final String THIRD = "us-east-1";

  static final String STREAM = "ticks";
  static final String PRICES = "ticker-prices";
  private static final int SHARDS = 2;

  /** A request without an answer after this time has failed. */
  static final Duration REQUEST = Duration.ofSeconds(4);

  private static final Duration LOOK = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final String awayEndpoint;

  /** The streams as they are, past the proxy. */
  final KinesisStream home;

  final KinesisStream away;
  final FaultProxy front;
  private final double entriesFail;
  private final String tables;

  private DrillSite(DrillSettings settings) throws IOException, InterruptedException {
    entriesFail = settings.entriesFail;
    try {
      LocalKinesis west = keep(LocalKinesis.start());
      LocalKinesis east = keep(LocalKinesis.start());
      front = keep(FaultProxy.start(west.endpoint(), settings.seed));
      tables = keep(LocalDynamoDb.start()).endpoint().toString();
      home = west.createStream(HOME, STREAM, SHARDS);
      away = east.createStream(AWAY, STREAM, SHARDS);
      awayEndpoint = east.endpoint().toString();
      failEntries();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts the servers and creates both streams. */
  static DrillSite start(DrillSettings settings) throws IOException, InterruptedException {
    return new DrillSite(settings);
  }

  /**
   * On any day single entries of requests fail at home, so that order is not to be had for free.
   */
  private void failEntries() {
    front.add(
        FaultRule.of(
            FaultAction.failEntries(entriesFail, "InternalFailure").ofKey("T[0-9]+"),
            "PutRecords"));
  }

  /** Home answers again, as well as it ever did. */
  void heal() {
    front.clear();
    failEntries();
  }

  private <S extends AutoCloseable> S keep(S server) {
    started.push(server);
    return server;
  }

  /** As everybody reaches the Region: home through the proxy. */
  String endpoint(String region) {
    return region.equals(HOME) ? front.endpoint().toString() : awayEndpoint;
  }

  StreamAddress address(String region) {
    return StreamAddress.of(region, STREAM)
        .at(endpoint(region))
        .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY)
        .timeout(REQUEST);
  }

  /** For the drill's own looks, which are not tried again. */
  TableAddress table(String name) {
    return TableAddress.of(THIRD, name)
        .at(tables)
        .withKeys(LocalDynamoDb.ACCESS_KEY, LocalDynamoDb.SECRET_KEY)
        .timeout(LOOK);
  }

  String tablesEndpoint() {
    return tables;
  }

  /** Ends all that was started, the last first. */
  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        failure = new IllegalStateException("A server of the drill does not end", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
