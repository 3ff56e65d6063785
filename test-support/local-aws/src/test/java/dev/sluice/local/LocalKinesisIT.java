package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server begins and ends. */
class LocalKinesisIT {
  private static final String FOLDER = "sluice.kinesis-server";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  @TempDir Path folder;

  @AfterEach
  void clear() {
    System.clearProperty(LocalKinesis.NODE);
    System.clearProperty(FOLDER);
  }

  @Test
  void servesBesideAnotherUntilItIsClosed() throws Exception {
    LocalKinesis first = LocalKinesis.start();
    try (LocalKinesis second = LocalKinesis.start()) {
      first.createStream("us-east-1", "orders", 1).put("k", new byte[] {1});
      KinesisStream other = second.createStream("us-east-1", "orders", 1);

      first.close();

      assertThat(first.isAlive()).isFalse();
      assertThat(other.records()).isEmpty();
      assertThat(second.isAlive()).isTrue();
      assertThat(second.endpoint()).isNotEqualTo(first.endpoint());
    } finally {
      first.close();
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    try (LocalKinesis kinesis = LocalKinesis.start()) {
      int port = kinesis.endpoint().getPort();

      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
          boolean listens = listens(address, port);
          assertThat(listens).as(address.toString()).isEqualTo(isServed(address));
        }
      }
    }
  }

  @Test
  void endsWithItsProgramThoughThatIsKilled() throws Exception {
    Path id = folder.resolve("id");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedKinesis.class.getName(),
                id.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    try {
      await(() -> Files.exists(id) || !program.isAlive());
      assertThat(id).as(Files.readString(folder.resolve("out"))).exists();
      Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(Files.readString(id)));
      assertThat(server).isPresent().get().matches(ProcessHandle::isAlive);

      program.destroyForcibly().waitFor();

      await(() -> !server.get().isAlive());
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  @Test
  void saysThatNodeIsMissing() {
    System.setProperty(LocalKinesis.NODE, "/no/such/node");

    assertThatThrownBy(LocalKinesis::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot run '/no/such/node'")
        .hasMessageContaining("needs Node 18 or later")
        .hasMessageContaining("-Dsluice.node");
  }

  @Test
  void saysThatServerIsNotInstalled() {
    System.setProperty(FOLDER, folder.toString());

    assertThatThrownBy(LocalKinesis::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("run 'npm ci' in it");
  }

  @Test
  void refusesServerThatItsPatchDoesNotFit() throws Exception {
    Path built = BuildFolder.find(FOLDER, "test-support/local-aws", "target/kinesis-server");
    Files.copy(built.resolve("server.js"), folder.resolve("server.js"));
    Path main = folder.resolve("node_modules/kinesis-local/main.js");
    Files.createDirectories(main.getParent());
    Files.writeString(main, "console.log('another version');", StandardCharsets.UTF_8);
    System.setProperty(FOLDER, folder.toString());

    assertThatThrownBy(LocalKinesis::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended before it was ready")
        .hasMessageContaining("not the version that is patched here: text found 0 times");
  }

  private static boolean isServed(InetAddress address) {
    return address.getHostAddress().equals("127.0.0.1");
  }

  private static boolean listens(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("limit").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
