package dev.sluice.replication.failover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.local.LocalDynamoDb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Commands that change nothing make no table. No stream is asked: none is there. */
class MissingTablesIT {
  private static LocalDynamoDb dynamoDb;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = LocalDynamoDb.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @Test
  void saysWhichTableIsMissingAndWhatToRun() throws Exception {
    for (String action : List.of("status", "plan", "run")) {
      assertThatThrownBy(() -> failover(action))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Table 'register' is missing: 'failover init' makes it");
    }
    assertThatThrownBy(MissingTablesIT::failbackPlan)
        .hasMessageContaining("Table 'register' is missing: 'failover init' makes it");
    assertThat(tables()).isEmpty();

    failover("init");
    assertThat(failover("status"))
        .contains("ACTIVE in us-west-2")
        .contains("no position kept: Table 'positions' is missing: start the replicator");
    assertThat(tables()).containsExactly("register");
  }

  private static String failover(String action) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JobArguments.parse(
            options("--failover.action=" + action), SwitchOptions.FAILOVER, FailoverCommand::new)
        .run(new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  private static void failbackPlan() throws Exception {
    JobArguments.parse(
            options("--failback.action=plan", "--failback.positions=ticks/back"),
            SwitchOptions.FAILBACK,
            FailbackCommand::new)
        .run(new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
  }

  private static List<String> tables() throws Exception {
    TableAddress any =
        TableAddress.of("us-east-2", "any")
            .at(dynamoDb.endpoint().toString())
            .withKeys(LocalDynamoDb.ACCESS_KEY, LocalDynamoDb.SECRET_KEY);
    try (DynamoDbAsyncClient client = any.open()) {
      return client.listTables().get().tableNames();
    }
  }

  private static String[] options(String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(
        List.of(
            "--kinesis.streams=ticks",
            "--kinesis.region=us-west-2",
            "--kinesis-sink.stream=ticks",
            "--kinesis-sink.region=us-east-2",
            "--positions.copy=ticks/out"));
    for (String table : List.of("positions", "register")) {
      all.add("--" + table + ".table=" + table);
      all.add("--" + table + ".region=us-east-2");
      all.add("--" + table + ".endpoint=" + dynamoDb.endpoint());
      all.add("--" + table + ".access-key-id=" + LocalDynamoDb.ACCESS_KEY);
      all.add("--" + table + ".secret-access-key=" + LocalDynamoDb.SECRET_KEY);
    }
    return all.toArray(String[]::new);
  }
}
