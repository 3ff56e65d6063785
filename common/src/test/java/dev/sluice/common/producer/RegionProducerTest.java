package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.common.sink.kinesis.EntryResult;
import dev.sluice.common.sink.kinesis.StreamClient;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionProducerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private RegionRegister register;

  @BeforeEach
  void enterTheStream() throws Exception {
    register = FileRegister.in(folder.resolve("register"));
    register.prepare();
    for (String stream : List.of("ticks", "orders")) {
      register.change(
          0,
          RegionChange.to(stream, "us-west-2", RegionState.ACTIVE, "test", Instant.EPOCH)
              .lease(Duration.ofSeconds(20)));
    }
  }

  @Test
  void aRegisterThatFailsInAWayOfItsOwnIsAskedAgain() throws Exception {
    RegionRegister broken = new FailsAtFirst(register, 3);

    try (RegionProducer producer = open(broken, settings("ticks"), new Stores())) {
      CompletableFuture<SendResult> first = producer.send("key", new byte[1]);
      assertThat(first.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(SendResult.Outcome.SPOOLED);
      awaitEmpty(producer);
      assertThat(producer.send("key", new byte[1]).get(60, TimeUnit.SECONDS).outcome())
          .isEqualTo(SendResult.Outcome.ACCEPTED);
    }
  }

  @Test
  void aProducerThatHasFailedLeavesItsFolderToTheNext() throws Exception {
    StreamClient fails =
        new Stores() {
          @Override
          public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
            throw new NoClassDefFoundError("a class of the client");
          }
        };
    RegionProducer producer = open(register, settings("ticks"), fails);
    assertThatThrownBy(() -> producer.send("key", new byte[1]).get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("The producer has failed");
    assertThatThrownBy(producer::close).isInstanceOf(IOException.class);

    try (RegionProducer next = open(register, settings("ticks"), new Stores())) {
      assertThat(next.send("key", new byte[1]).get(60, TimeUnit.SECONDS).outcome())
          .isEqualTo(SendResult.Outcome.ACCEPTED);
    }
  }

  @Test
  void whatIsSpooledForOneStreamDoesNotGoIntoAnother() throws Exception {
    RegionRegister away = new FailsAtFirst(register, Integer.MAX_VALUE);
    try (RegionProducer producer = open(away, settings("ticks"), new Stores())) {
      producer.send("key", new byte[1]).get(60, TimeUnit.SECONDS);
    }

    assertThatThrownBy(() -> open(register, settings("orders"), new Stores()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds 1 records of the stream 'ticks' and not of 'orders'");

    try (RegionProducer producer = open(register, settings("ticks"), new Stores())) {
      awaitEmpty(producer);
    }
    open(register, settings("orders"), new Stores()).close();
  }

  private static void awaitEmpty(RegionProducer producer) throws Exception {
    Await.until("the spool's end", LIMIT, () -> producer.status().spooledRecords() == 0);
  }

  private static RegionProducer open(
      RegionRegister register, ProducerSettings settings, StreamClient client) throws IOException {
    return RegionProducer.open(register, settings, region -> () -> client);
  }

  private ProducerSettings settings(String stream) {
    return ProducerSettings.of(stream, "feed", folder.resolve("spool"))
        .closeLimit(Duration.ofSeconds(1));
  }

  /** A stream that is always well. */
  private static class Stores implements StreamClient {
    @Override
    public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
      return CompletableFuture.completedFuture(
          entries.stream()
              .map(entry -> EntryResult.stored("shardId-000000000000", "1"))
              .collect(Collectors.toList()));
    }

    @Override
    public void close() {}
  }

  /** As a client library does that throws what nobody expects. */
  private static final class FailsAtFirst implements RegionRegister {
    private final RegionRegister inner;
    private int left;

    private FailsAtFirst(RegionRegister inner, int left) {
      this.inner = inner;
      this.left = left;
    }

    @Override
    public void prepare() {}

    @Override
    public synchronized Optional<ActiveRegion> read(String stream) throws IOException {
      if (left > 0) {
        left--;
        throw new IllegalStateException("The client is broken");
      }
      return inner.read(stream);
    }

    @Override
    public ActiveRegion change(long epoch, RegionChange change) throws IOException {
      return inner.change(epoch, change);
    }

    @Override
    public void close() {}
  }
}
