package dev.sluice.common.sink.kinesis;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a stream is and how to get there. Immutable; {@link #toString} shows no keys. */
public final class StreamAddress implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int CONNECTIONS = 50;

  final String stream;
  final String region;
  final @Nullable String endpoint;
  final @Nullable String accessKeyId;
  final @Nullable String secretAccessKey;
  final Duration timeout;
  final int connections;

  private StreamAddress(
      StreamAddress from, @Nullable String endpoint, @Nullable String id, @Nullable String key) {
    this(from.stream, from.region, endpoint, id, key, from.timeout);
  }

  private StreamAddress(
      String stream,
      String region,
      @Nullable String endpoint,
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey,
      Duration timeout) {
    this.stream = stream;
    this.region = region;
    this.endpoint = endpoint;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.timeout = timeout;
    this.connections = CONNECTIONS;
  }

  /** A stream of AWS, with the credentials of AWS's default chain; requests may take 10 s. */
  public static StreamAddress of(String region, String stream) {
    return new StreamAddress(stream, region, null, null, null, Duration.ofSeconds(10));
  }

  /** At another endpoint: a local server, or an interface endpoint of a VPC. */
  public StreamAddress at(String endpointUrl) {
    return new StreamAddress(this, endpointUrl, accessKeyId, secretAccessKey);
  }

  /** With fixed keys; they travel in the job graph, so they are for local servers above all. */
  public StreamAddress withKeys(String id, String secret) {
    return new StreamAddress(this, endpoint, id, secret);
  }

  /** After what time without an answer a request has failed; it may still be executed. */
  public StreamAddress timeout(Duration limit) {
    return new StreamAddress(stream, region, endpoint, accessKeyId, secretAccessKey, limit);
  }

  public String stream() {
    return stream;
  }

  public String region() {
    return region;
  }

  /** Opens clients of this stream. */
  public StreamClient.Factory writer() {
    return () -> AwsStreamClient.open(this);
  }

  /** Opens a reader of this stream. */
  public StreamReader reader() {
    return AwsStreamClient.reader(this);
  }

  /** Opens a probe of this stream. */
  public StreamProbe probe() {
    return AwsStreamClient.probe(this);
  }

  @Override
  public String toString() {
    return stream + " in " + region + (endpoint == null ? "" : " at " + endpoint);
  }
}
