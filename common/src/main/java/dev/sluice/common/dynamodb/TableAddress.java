package dev.sluice.common.dynamodb;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/** Where a table is and how to get there. Immutable; {@link #toString} shows no keys. */
public final class TableAddress implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Requests at a time, each on a connection of its own. */
  private static final int CONNECTIONS = 64;

  private final String table;
  private final String region;
  private final @Nullable String endpoint;
  private final @Nullable String accessKeyId;
  private final @Nullable String secretAccessKey;
  private final Duration timeout;

  private TableAddress(
      String table,
      String region,
      @Nullable String endpoint,
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey,
      Duration timeout) {
    this.table = table;
    this.region = region;
    this.endpoint = endpoint;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.timeout = timeout;
  }

  /** A table of AWS, with the credentials of AWS's default chain; requests may take 3 s. */
  public static TableAddress of(String region, String table) {
    return new TableAddress(table, region, null, null, null, Duration.ofSeconds(3));
  }

  /** At another endpoint: a local server, or an interface endpoint of a VPC. */
  public TableAddress at(String url) {
    return new TableAddress(table, region, url, accessKeyId, secretAccessKey, timeout);
  }

  /** With fixed keys; they travel in the job graph, so they are for local servers above all. */
  public TableAddress withKeys(String id, String secret) {
    return new TableAddress(table, region, endpoint, id, secret, timeout);
  }

  /** After what time without an answer a request has failed; it may still be executed. */
  public TableAddress timeout(Duration limit) {
    return new TableAddress(table, region, endpoint, accessKeyId, secretAccessKey, limit);
  }

  public String table() {
    return table;
  }

  public String region() {
    return region;
  }

  public Duration timeout() {
    return timeout;
  }

  /** A client that retries nothing itself, with connections of its own; the caller closes it. */
  public DynamoDbAsyncClient open() {
    DynamoDbAsyncClientBuilder builder =
        DynamoDbAsyncClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials())
            .httpClientBuilder(
                PromptHttpClient.building(
                    NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(CONNECTIONS)
                        .connectionTimeout(timeout)
                        .connectionAcquisitionTimeout(timeout)))
            .overrideConfiguration(
                c ->
                    c.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(timeout)
                        .apiCallTimeout(timeout));
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
  }

  private AwsCredentialsProvider credentials() {
    return accessKeyId == null || secretAccessKey == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(accessKeyId, secretAccessKey));
  }

  @Override
  public String toString() {
    return table + " in " + region + (endpoint == null ? "" : " at " + endpoint);
  }
}
