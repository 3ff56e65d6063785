package dev.sluice.benchmarks.replication;

import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.local.LocalKinesis;
import java.time.Duration;
import java.util.Properties;

/**
 * Two streams of one name, in two Regions of the local server.
 *
 * @param sourceEndpoint of the server
 * @param targetEndpoint of the server, or of a proxy in front of it
 * @param pollMillis between two polls of a shard
 */
record Streams(String sourceEndpoint, String targetEndpoint, long pollMillis) {
  static final String NAME = "copied";
  static final String SOURCE_REGION = "us-west-2";
  static final String TARGET_REGION = "us-east-2";
  static final int SHARDS = 4;

  /** Of all who put: the local server takes 8 ms for 10 KiB, and seconds for a full request. */
  static final int REQUEST_BYTES = 1 << 20;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  StreamAddress source() {
    return address(SOURCE_REGION, sourceEndpoint);
  }

  /** Past the proxy. */
  StreamAddress targetOfServer() {
    return address(TARGET_REGION, sourceEndpoint);
  }

  private static StreamAddress address(String region, String endpoint) {
    return StreamAddress.of(region, NAME)
        .at(endpoint)
        .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY)
        .timeout(LIMIT);
  }

  /** For the stock connector. */
  static Properties properties(String region, String endpoint) {
    Properties properties = new Properties();
    properties.setProperty("aws.region", region);
    properties.setProperty("aws.endpoint", endpoint);
    properties.setProperty("aws.credentials.provider", "BASIC");
    properties.setProperty("aws.credentials.provider.basic.accesskeyid", LocalKinesis.ACCESS_KEY);
    properties.setProperty("aws.credentials.provider.basic.secretkey", LocalKinesis.SECRET_KEY);
    return properties;
  }
}
