package dev.sluice.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class DynamoDbPriceTableTest {
  /** Tried for ever they would let a job run, write nothing, and say nothing. */
  @Test
  void whatNoAttemptCanMendFailsTheJob() {
    List<Throwable> never =
        List.of(
            SdkClientException.create("Unable to load credentials from any of the providers"),
            new IllegalStateException("Connection pool shut down"),
            new NullPointerException());

    assertThat(never)
        .extracting(failure -> DynamoDbPriceTable.sorted(failure).kind)
        .containsOnly(TableFailedException.Kind.FATAL);
  }

  @Test
  void whatHappensOnTheWayIsTriedAgain() {
    List<Throwable> onTheWay =
        List.of(
            SdkClientException.create("Unable to execute HTTP request", new IOException("reset")),
            new IOException("Connection refused"),
            ApiCallTimeoutException.create(3_000),
            ApiCallAttemptTimeoutException.create(3_000));

    assertThat(onTheWay)
        .extracting(failure -> DynamoDbPriceTable.sorted(failure).kind)
        .containsOnly(TableFailedException.Kind.TRANSIENT);
  }
}
