package dev.sluice.common.sink.kinesis;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.awscore.exception.AwsServiceException;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.SdkBytes;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.exception.SdkException;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.retry.RetryPolicy;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.Protocol;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.regions.Region;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import org.jspecify.annotations.Nullable;

/**
 * A client over HTTP/1.1 of the AWS SDK that is shaded into the Kinesis connector, so that a job
 * carries one SDK and nothing on its class path can meet another version of it. All that is bound
 * to that SDK is in this class.
 */
final class AwsStreamClient implements StreamClient {
  /** Threads for the connections of one subtask. */
  private static final int THREADS = 2;

  /** Most seconds to wait for them at the end. */
  private static final long CLOSE_LIMIT = 10;

  private final KinesisAsyncClient client;
  private final SdkAsyncHttpClient http;
  private final SdkEventLoopGroup threads;
  private final String stream;

  private AwsStreamClient(
      KinesisAsyncClient client,
      SdkAsyncHttpClient http,
      SdkEventLoopGroup threads,
      String stream) {
    this.client = client;
    this.http = http;
    this.threads = threads;
    this.stream = stream;
  }

  /** A client with connections of its own. */
  static AwsStreamClient open(StreamAddress address) {
    SdkEventLoopGroup threads = SdkEventLoopGroup.builder().numberOfThreads(THREADS).build();
    SdkAsyncHttpClient http =
        NettyNioAsyncHttpClient.builder()
            .protocol(Protocol.HTTP1_1)
            .maxConcurrency(address.connections)
            .connectionTimeout(address.timeout)
            .connectionAcquisitionTimeout(address.timeout)
            .readTimeout(address.timeout)
            .writeTimeout(address.timeout)
            .eventLoopGroup(threads)
            .build();
    KinesisAsyncClientBuilder builder =
        KinesisAsyncClient.builder()
            .httpClient(http)
            .region(Region.of(address.region))
            .credentialsProvider(credentials(address))
            .overrideConfiguration(
                c ->
                    c.retryPolicy(RetryPolicy.none())
                        .apiCallAttemptTimeout(address.timeout)
                        .apiCallTimeout(address.timeout));
    if (address.endpoint != null) {
      builder.endpointOverride(URI.create(address.endpoint));
    }
    return new AwsStreamClient(builder.build(), http, threads, address.stream);
  }

  /** A reader with connections of its own. */
  static StreamReader reader(StreamAddress address) {
    AwsStreamClient opened = open(address);
    return new AwsStreamReader(opened.client, opened::close, address.stream);
  }

  /** A probe with connections of its own. */
  static StreamProbe probe(StreamAddress address) {
    AwsStreamClient opened = open(address);
    return new AwsStreamProbe(opened, opened.client, address.stream);
  }

  private static AwsCredentialsProvider credentials(StreamAddress address) {
    return address.accessKeyId == null || address.secretAccessKey == null
        ? DefaultCredentialsProvider.create()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(address.accessKeyId, address.secretAccessKey));
  }

  @Override
  public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
    List<PutRecordsRequestEntry> records = new ArrayList<>(entries.size());
    for (StreamEntry entry : entries) {
      records.add(
          PutRecordsRequestEntry.builder()
              .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
              .partitionKey(entry.partitionKey())
              .explicitHashKey(entry.explicitHashKey())
              .build());
    }
    PutRecordsRequest request =
        PutRecordsRequest.builder().streamName(stream).records(records).build();
    return client.putRecords(request).handle(AwsStreamClient::answer);
  }

  private static List<EntryResult> answer(
      @Nullable PutRecordsResponse response, @Nullable Throwable failure) {
    if (response == null) {
      throw new CompletionException(failed(failure));
    }
    List<EntryResult> results = new ArrayList<>(response.records().size());
    for (PutRecordsResultEntry entry : response.records()) {
      String code = entry.errorCode();
      results.add(
          code == null
              ? EntryResult.stored(entry.shardId(), entry.sequenceNumber())
              : EntryResult.failed(
                  new PutFailure(FailureKind.of(code, 0), code, text(entry.errorMessage()))));
    }
    return results;
  }

  /** An error of the SDK in the terms of this package. */
  static @Nullable Throwable failed(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof AwsServiceException) {
      AwsServiceException service = (AwsServiceException) cause;
      String code =
          service.awsErrorDetails() == null ? "" : text(service.awsErrorDetails().errorCode());
      FailureKind kind = FailureKind.of(code, service.statusCode());
      String name = code.isEmpty() ? "http-" + service.statusCode() : code;
      return new PutFailedException(new PutFailure(kind, name, text(service.getMessage())), cause);
    }
    if (cause instanceof SdkException || cause instanceof IOException) {
      return new PutFailedException(
          new PutFailure(
              kindOfClientFailure(cause),
              cause.getClass().getSimpleName(),
              text(cause.getMessage())),
          cause);
    }
    return cause;
  }

  /**
   * Connections and times have a cause or a type of their own; credentials that are not there have
   * none.
   */
  private static FailureKind kindOfClientFailure(Throwable failure) {
    boolean onTheWay =
        failure.getCause() != null
            || failure instanceof IOException
            || failure instanceof ApiCallTimeoutException
            || failure instanceof ApiCallAttemptTimeoutException;
    return onTheWay ? FailureKind.TRANSIENT : FailureKind.FATAL;
  }

  private static String text(@Nullable String message) {
    return message == null ? "" : message;
  }

  /** At once: threads that the SDK closes itself wait two seconds for what may still come. */
  @Override
  public void close() {
    client.close();
    http.close();
    threads
        .eventLoopGroup()
        .shutdownGracefully(0, CLOSE_LIMIT, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_LIMIT, TimeUnit.SECONDS);
  }
}
