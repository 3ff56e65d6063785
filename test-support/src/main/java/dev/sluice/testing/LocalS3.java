package dev.sluice.testing;

import dev.sluice.local.BuildFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;

/**
 * An S3 server in the test's own process, on a random port of the loopback interface; objects live
 * in memory until it is closed.
 *
 * <p>It checks signatures (V2 and V4), serves multipart uploads, ranges and lists, and answers a
 * wrong secret with 403. The methods below go past HTTP straight to the store, so a {@code
 * FaultProxy} in front neither sees nor disturbs them. Known to differ from Amazon S3: a key {@code
 * k} beside {@code k/e} answers 500, and the parts of an aborted upload can still be listed.
 *
 * <p>A bucket name has 3 to 63 characters. Thread-safe. Starts in about 2 s.
 */
public final class LocalS3 implements AutoCloseable {
  public static final String ACCESS_KEY = "test";
  public static final String SECRET_KEY = "testsecret";

  private static final String STORE = "org.gaul.s3proxy.blobstore.BlobStore";
  private static final String SERVER = "org.gaul.s3proxy.S3Proxy";
  private static final int SERVER_THREADS = 64;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final String UUID = "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

  /** While the server writes KEY it keeps the content at KEY-UUID; the names of sinks have one. */
  private static final Pattern BEING_WRITTEN = Pattern.compile(".*" + UUID + ".*-" + UUID);

  private final S3ServerLibrary library;
  private final Class<?> storeType;
  private final Object store;
  private final Object server;
  private final URI endpoint;

  private LocalS3(S3ServerLibrary library) throws Exception {
    this.library = library;
    storeType = library.type(STORE);
    store =
        library.call(
            library.type("org.gaul.s3proxy.BlobStores"),
            null,
            "create",
            "transient",
            new Properties());
    server = build();
    Class<?> serverType = library.type(SERVER);
    library.call(serverType, server, "start");
    Await.until(
        "the S3 server to be started",
        START_LIMIT,
        () -> library.call(serverType, server, "getState").equals("STARTED"));
    endpoint = URI.create("http://127.0.0.1:" + library.call(serverType, server, "getPort"));
  }

  /**
   * Starts a server without buckets.
   *
   * @throws IllegalStateException if {@code test-support/s3-server} was not built; it says how to
   */
  public static LocalS3 start() throws Exception {
    return new LocalS3(
        new S3ServerLibrary(
            BuildFolder.find("sluice.s3-server", "test-support/s3-server", "target/lib")));
  }

  /** {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return endpoint;
  }

  /** What Flink's S3 plugin needs to reach this server, for {@link S3FileSystem} or a cluster. */
  public Configuration flinkConfiguration() {
    return flinkConfiguration(endpoint);
  }

  /** The same through another address, which is that of a proxy in front of this server. */
  public static Configuration flinkConfiguration(URI endpoint) {
    Configuration configuration = new Configuration();
    configuration.setString("s3.endpoint", endpoint.toString());
    configuration.setString("s3.path.style.access", "true");
    configuration.setString("s3.access-key", ACCESS_KEY);
    configuration.setString("s3.secret-key", SECRET_KEY);
    return configuration;
  }

  public LocalS3 createBucket(String bucket) {
    call("createContainer", bucket);
    return this;
  }

  /** Writes an object, over one that is there. */
  public void put(String bucket, String key, byte[] content) {
    Object request =
        library.request(
            "PutObjectRequest",
            Map.of("bucket", bucket, "key", key, "contentLength", (long) content.length));
    call("putBlob", request, new ByteArrayInputStream(content));
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if there is none
   */
  public byte[] get(String bucket, String key) {
    if (!contains(bucket, key)) {
      throw new IllegalArgumentException("No object '" + key + "' in bucket '" + bucket + "'");
    }
    try (InputStream content = (InputStream) call("getBlob", bucket, key)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + key + "' of bucket '" + bucket + "'", e);
    }
  }

  public boolean contains(String bucket, String key) {
    return (Boolean) call("blobExists", bucket, key);
  }

  /**
   * The keys that start with the prefix, in the order of S3: by bytes of UTF-8. Amazon S3 never
   * lists what is being written; here that holds of keys with a UUID, as sinks name their objects.
   */
  public List<String> list(String bucket, String prefix) {
    List<String> keys = new ArrayList<>();
    Map<String, Object> fields = Map.of("bucket", bucket, "prefix", prefix);
    while (true) {
      Object page = call("list", library.request("ListObjectsV2Request", fields));
      for (Object object : (List<?>) library.call(page.getClass(), page, "contents")) {
        String key = (String) library.call(object.getClass(), object, "key");
        if (!BEING_WRITTEN.matcher(key).matches()) {
          keys.add(key);
        }
      }
      if (!Boolean.TRUE.equals(library.call(page.getClass(), page, "isTruncated"))) {
        return keys;
      }
      Object next = library.call(page.getClass(), page, "nextContinuationToken");
      fields = Map.of("bucket", bucket, "prefix", prefix, "continuationToken", next);
    }
  }

  /** Deletes an object; it is no error if there is none, as in S3. */
  public void delete(String bucket, String key) {
    call("removeBlob", bucket, key);
  }

  /** Multipart uploads neither completed nor aborted: orphans once a job has ended. */
  public int openMultipartUploads(String bucket) {
    return ((List<?>) call("listMultipartUploads", bucket)).size();
  }

  @Override
  public void close() throws Exception {
    library.call(library.type(SERVER), server, "stop");
    library.call(storeType, store, "close");
    library.close();
  }

  private Object call(String method, Object... arguments) {
    return library.call(storeType, store, method, arguments);
  }

  private Object build() {
    Class<?> type = library.type(SERVER + "$Builder");
    Class<?> authentication = library.type("org.gaul.s3proxy.auth.AuthenticationType");
    Object either = library.call(authentication, null, "valueOf", "AWS_V2_OR_V4");
    Object builder = library.call(library.type(SERVER), null, "builder");
    library.call(type, builder, "blobStore", store);
    library.call(type, builder, "awsAuthentication", either, ACCESS_KEY, SECRET_KEY);
    library.call(type, builder, "endpoint", URI.create("http://127.0.0.1:0"));
    library.call(type, builder, "jettyMaxThreads", SERVER_THREADS);
    library.call(type, builder, "stopTimeout", 0L);
    return library.call(type, builder, "build");
  }
}
