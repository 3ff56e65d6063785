package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void asksAgainUntilConditionIsMet() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    Await.until("third call", LONG, () -> calls.incrementAndGet() == 3);

    assertThat(calls).hasValue(3);
  }

  @Test
  void returnsValueOnceThereIsOne() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    String value =
        Await.value(
            "a value",
            LONG,
            () -> calls.incrementAndGet() < 2 ? Optional.empty() : Optional.of("v"));

    assertThat(value).isEqualTo("v");
  }

  @Test
  void namesWhatWasAwaitedAtLimit() {
    assertThatThrownBy(() -> Await.until("two task managers", SHORT, () -> false))
        .isInstanceOf(Await.AwaitFailedException.class)
        .hasMessageContaining("two task managers")
        .hasMessageContaining("50 ms");
  }

  @Test
  void takesFailedAssertionAndInputOutputForNotYet() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    Await.until(
        "third call",
        LONG,
        () -> {
          int call = calls.incrementAndGet();
          assertThat(call).isGreaterThan(1);
          if (call == 2) {
            throw new IOException("connection refused");
          }
          return true;
        });

    assertThat(calls).hasValue(3);
  }

  @Test
  void keepsLastFailureAsCause() {
    assertThatThrownBy(
            () ->
                Await.until(
                    "the server",
                    SHORT,
                    () -> {
                      throw new IOException("connection refused");
                    }))
        .hasMessageContaining("the server")
        .hasMessageContaining("connection refused")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void endsAtOnceWhenConditionFailsForGood() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Await.until(
                    "a job",
                    LONG,
                    () -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException("job failed");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(calls).hasValue(1);
  }

  @Test
  void endsWhenInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Await.until("nothing", LONG, () -> false))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("nothing");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
