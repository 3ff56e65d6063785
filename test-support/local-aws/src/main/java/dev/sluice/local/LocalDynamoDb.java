package dev.sluice.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * DynamoDB Local in a process of its own, on a free port of the loopback interface; tables live in
 * its memory until it is closed.
 *
 * <p>It takes any credentials; access key and Region together name the world that a client sees, so
 * one server can stand for several Regions, without global tables. It checks no signature and has
 * no throttling.
 *
 * <p>Ends with {@link #close} by SIGKILL, or with this JVM, however that ends. Thread-safe. Needs
 * some 200 MB and starts in 2 to 5 s.
 */
public final class LocalDynamoDb implements AutoCloseable {
  /** Letters and digits only: it refuses others. */
  public static final String ACCESS_KEY = "test";

  public static final String SECRET_KEY = "testsecret";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Pattern LISTENING = Pattern.compile("LISTENING (\\d+)");

  private final ServerProcess process;
  private final URI endpoint;

  private LocalDynamoDb(ServerProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server without tables and waits until it serves.
   *
   * @throws IllegalStateException if {@code test-support/dynamodb-server} was not built, or if the
   *     server does not start; it says what to do
   */
  public static LocalDynamoDb start() throws IOException, InterruptedException {
    Path library =
        BuildFolder.find("sluice.dynamodb-server", "test-support/dynamodb-server", "target/lib");
    ServerProcess process =
        ServerProcess.start(
            "DynamoDB server",
            new ProcessBuilder(
                Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsqlite4java.library.path=" + library,
                "-cp",
                library.resolve("*") + File.pathSeparator + ownClasses(),
                DynamoDbServer.class.getName()));
    try {
      String port = process.awaitLine(LISTENING, START_LIMIT);
      return new LocalDynamoDb(process, URI.create("http://127.0.0.1:" + port));
    } catch (InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return endpoint;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits for the end. */
  @Override
  public void close() {
    process.close();
  }

  private static Path ownClasses() {
    try {
      return Paths.get(
          LocalDynamoDb.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path has no path of a file", e);
    }
  }
}
