package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.local.LocalDynamoDb;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

@Timeout(120)
class DynamoDbPositionStoreIT extends PositionStoreContract {
  private static LocalDynamoDb dynamoDb;
  private final String copy = "ticks/west-to-east/" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = LocalDynamoDb.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @Override
  PositionStore store() throws IOException {
    return open("positions", copy, dynamoDb.endpoint());
  }

  private PositionStore open(String table, String name, URI endpoint) throws IOException {
    return DynamoDbPositionStore.open(address(table, endpoint), name, KEEP, clock);
  }

  private static TableAddress address(String table, URI endpoint) {
    return TableAddress.of("us-east-2", table)
        .at(endpoint.toString())
        .withKeys(LocalDynamoDb.ACCESS_KEY, LocalDynamoDb.SECRET_KEY)
        .timeout(Duration.ofSeconds(10));
  }

  @Test
  void copiesOfOneTableAreApart() throws Exception {
    try (PositionStore one = store();
        PositionStore other = open("positions", copy + "-2", dynamoDb.endpoint())) {
      one.append(cut(1, Map.of("s", "1"), Map.of()));
      other.append(cut(2, Map.of("s", "2"), Map.of()));

      assertThat(all(one)).extracting(PositionCut::checkpoint).containsExactly(1L);
      assertThat(all(other)).extracting(PositionCut::checkpoint).containsExactly(2L);
    }
  }

  @Test
  void passingErrorsPassAndALineIsKeptOnceThoughItsAnswerWasLost() throws Exception {
    try (FaultProxy proxy = FaultProxy.start(dynamoDb.endpoint(), 1);
        PositionStore store = open("positions", copy, proxy.endpoint())) {
      proxy.add(FaultRule.of(FaultAction.forwardThenFail(), "PutItem").atMost(1));
      proxy.add(
          FaultRule.of(
                  FaultAction.answer(400, "ProvisionedThroughputExceededException"),
                  "PutItem",
                  "Query")
              .atMost(2));
      store.append(cut(1, Map.of("s", "1"), Map.of()));
      assertThat(all(store)).hasSize(1);

      proxy.add(FaultRule.of(FaultAction.answer(400, "AccessDeniedException"), "PutItem"));
      assertThatThrownBy(() -> store.append(cut(2, Map.of("s", "2"), Map.of())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("AccessDenied");
    }
  }

  @Test
  void refusesATableOfAnotherForm() throws Exception {
    try (DynamoDbAsyncClient client = address("other", dynamoDb.endpoint()).open()) {
      client
          .createTable(
              r ->
                  r.tableName("other")
                      .billingMode("PAY_PER_REQUEST")
                      .attributeDefinitions(
                          AttributeDefinition.builder()
                              .attributeName("id")
                              .attributeType("S")
                              .build())
                      .keySchema(
                          KeySchemaElement.builder().attributeName("id").keyType("HASH").build()))
          .get();
    }

    assertThatThrownBy(() -> open("other", copy, dynamoDb.endpoint()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must have the keys 'copy' and 'line', but has [id]");
  }

  @Test
  void translateReadsTheTableThatItsOptionsName() throws Exception {
    try (PositionStore store = store()) {
      store.append(cut(1, Map.of("shardId-000000000000", "10"), Map.of("t0", "5")));
    }

    assertThat(translate("9")).contains("begin with TRIM_HORIZON");
    assertThat(translate("10")).contains("t0 AFTER_SEQUENCE_NUMBER 5");
  }

  @Test
  void translateSaysThatTheTableIsMissingAndMakesNone() throws Exception {
    TranslateCommand command = command("--positions.table=nowhere");

    assertThatThrownBy(() -> command.run(System.out))
        .isInstanceOf(PositionsMissingException.class)
        .hasMessageContaining("Table 'nowhere' is missing: start the replicator");
    try (DynamoDbAsyncClient client = address("nowhere", dynamoDb.endpoint()).open()) {
      assertThat(client.listTables().get().tableNames()).doesNotContain("nowhere");
    }
  }

  private String translate(String sequence) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TranslateCommand command = command("--translate.positions=shardId-000000000000=" + sequence);
    command.run(new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void aTableNeedsItsCopyAndExcludesAFolder() {
    assertThatThrownBy(() -> command("--positions.copy=", "--positions.path=/tmp/positions"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("positions.copy")
        .hasMessageContaining("positions.path");
  }

  private TranslateCommand command(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--translate.positions=shardId-000000000000=1",
                "--positions.table=positions",
                "--positions.copy=" + copy,
                "--positions.region=us-east-2",
                "--positions.endpoint=" + dynamoDb.endpoint(),
                "--positions.access-key-id=" + LocalDynamoDb.ACCESS_KEY,
                "--positions.secret-access-key=" + LocalDynamoDb.SECRET_KEY));
    for (String arg : more) {
      args.removeIf(given -> given.startsWith(arg.substring(0, arg.indexOf('=') + 1)));
      if (!arg.endsWith("=")) {
        args.add(arg);
      }
    }
    return JobArguments.parse(
        args.toArray(String[]::new), TranslateCommand.OPTIONS, TranslateCommand::new);
  }
}
