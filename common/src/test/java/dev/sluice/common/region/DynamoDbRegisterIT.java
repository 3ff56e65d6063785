package dev.sluice.common.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.local.LocalDynamoDb;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbRegisterIT extends RegisterContract {
  private static LocalDynamoDb dynamoDb;
  private String table = "register";

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = LocalDynamoDb.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @BeforeEach
  @Override
  void openRegister() throws Exception {
    table = "register-" + java.util.UUID.randomUUID();
    super.openRegister();
  }

  @Override
  RegionRegister open() {
    return open(dynamoDb.endpoint(), Duration.ofSeconds(20));
  }

  private RegionRegister open(URI endpoint, Duration timeout) {
    return DynamoDbRegister.open(address(endpoint).timeout(timeout));
  }

  private TableAddress address(URI endpoint) {
    return TableAddress.of(EAST, table)
        .at(endpoint.toString())
        .withKeys(LocalDynamoDb.ACCESS_KEY, LocalDynamoDb.SECRET_KEY);
  }

  @Test
  void anAnswerThatWasLostAfterTheWriteIsResolvedByReading() throws Exception {
    try (FaultProxy proxy = FaultProxy.start(dynamoDb.endpoint(), 1);
        RegionRegister behind = open(proxy.endpoint(), Duration.ofSeconds(2))) {
      proxy.add(FaultRule.of(FaultAction.forwardThenFail(), "PutItem").atMost(1));
      assertThat(behind.change(0, to("ticks", WEST)).epoch()).isEqualTo(1);
      proxy.clear();

      proxy.add(FaultRule.of(FaultAction.forwardThenReset(), "PutItem").atMost(1));
      assertThat(behind.change(1, to("ticks", EAST)).epoch()).isEqualTo(2);
      proxy.clear();

      proxy.add(FaultRule.of(FaultAction.forwardThenFail(), "PutItem"));
      assertThat(behind.change(2, to("ticks", WEST)).epoch()).isEqualTo(3);
      proxy.clear();

      assertThat(register.read("ticks")).map(ActiveRegion::epoch).contains(3L);
      assertThat(register.read("ticks")).map(ActiveRegion::region).contains(WEST);
    }
  }

  @Test
  void aWriteThatWasLostIsMadeAgainAndThrottlesPass() throws Exception {
    try (FaultProxy proxy = FaultProxy.start(dynamoDb.endpoint(), 1);
        RegionRegister behind = open(proxy.endpoint(), Duration.ofSeconds(2))) {
      proxy.add(FaultRule.of(FaultAction.internalError(), "PutItem").atMost(2));
      proxy.add(
          FaultRule.of(
                  FaultAction.answer(400, "ProvisionedThroughputExceededException"),
                  "PutItem",
                  "GetItem")
              .atMost(2));

      assertThat(behind.change(0, to("ticks", WEST)).epoch()).isEqualTo(1);
      assertThat(behind.read("ticks")).map(ActiveRegion::epoch).contains(1L);
    }
  }

  @Test
  void aWriteThatLandsAfterAnotherChangeChangesNothing() throws Exception {
    ActiveRegion first = register.change(0, to("ticks", WEST));
    try (FaultProxy proxy = FaultProxy.start(dynamoDb.endpoint(), 1);
        RegionRegister behind = open(proxy.endpoint(), Duration.ofSeconds(2))) {
      var late = proxy.add(FaultRule.of(FaultAction.holdRequest(), "PutItem").atMost(1));

      ActiveRegion second = behind.change(1, to("ticks", EAST));
      late.release();
      late.awaitLanded(1, Duration.ofSeconds(30));

      assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
      assertThat(register.read("ticks")).contains(second);
    }
  }

  @Test
  void aRegisterThatDoesNotAnswerIsAnErrorAndNoStaleEpoch() throws Exception {
    register.change(0, to("ticks", WEST));
    try (FaultProxy proxy = FaultProxy.start(dynamoDb.endpoint(), 1);
        RegionRegister behind = open(proxy.endpoint(), Duration.ofSeconds(2))) {
      proxy.add(FaultRule.of(FaultAction.internalError()));

      assertThatThrownBy(() -> behind.change(1, to("ticks", EAST)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StaleEpochException.class);
      assertThatThrownBy(() -> behind.read("ticks")).isInstanceOf(IOException.class);
      proxy.clear();
      proxy.add(FaultRule.of(FaultAction.answer(400, "AccessDeniedException")));
      assertThatThrownBy(() -> behind.read("ticks"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("AccessDenied");
      assertThat(proxy.requests("GetItem")).isLessThan(20);
    }
    assertThat(register.read("ticks")).map(ActiveRegion::epoch).contains(1L);
  }

  @Test
  void aTableThatIsMissingIsAnErrorThatSaysWhatToDo() throws Exception {
    table = "never-made-" + java.util.UUID.randomUUID();
    try (RegionRegister other = open()) {
      assertThatThrownBy(() -> other.read("ticks"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is missing: 'failover init' makes it");
      assertThatThrownBy(() -> other.change(0, to("ticks", WEST)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StaleEpochException.class);
    }
  }

  @Test
  void aTableOfAnotherFormIsRefused() throws Exception {
    table = "other-" + java.util.UUID.randomUUID();
    try (DynamoDbAsyncClient client = address(dynamoDb.endpoint()).open()) {
      client
          .createTable(
              CreateTableRequest.builder()
                  .tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("ticker")
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("ticker")
                          .keyType(KeyType.HASH)
                          .build())
                  .build())
          .get();
    }
    assertThat(address(dynamoDb.endpoint()).toString())
        .contains(table, EAST)
        .doesNotContain(LocalDynamoDb.SECRET_KEY);
    try (RegionRegister wrong = open()) {
      assertThatThrownBy(wrong::prepare)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(table)
          .hasMessageContaining("'stream'");
    }
  }
}
