package dev.sluice.common.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Connections with threads of their own that end at once when they are closed. The SDK's own wait
 * for two seconds in which nothing comes, so that each command with a client ends that much later;
 * who closes one of ours has no request under way any more.
 */
final class PromptHttpClient implements SdkAsyncHttpClient {
  private static final int THREADS = 2;

  /** Most seconds to wait for the threads. */
  private static final long LIMIT = 10;

  private final SdkAsyncHttpClient client;
  private final SdkEventLoopGroup threads;

  private PromptHttpClient(SdkAsyncHttpClient client, SdkEventLoopGroup threads) {
    this.client = client;
    this.threads = threads;
  }

  /** For clients of a service, which close what they have built. */
  static Builder building(NettyNioAsyncHttpClient.Builder connections) {
    return new Builder(connections);
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    return client.execute(request);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
    threads
        .eventLoopGroup()
        .shutdownGracefully(0, LIMIT, TimeUnit.SECONDS)
        .awaitUninterruptibly(LIMIT, TimeUnit.SECONDS);
  }

  /** Builds one, with the defaults of the service. */
  static final class Builder implements SdkAsyncHttpClient.Builder<Builder> {
    private final NettyNioAsyncHttpClient.Builder connections;

    private Builder(NettyNioAsyncHttpClient.Builder connections) {
      this.connections = connections;
    }

    @Override
    public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
      SdkEventLoopGroup threads = SdkEventLoopGroup.builder().numberOfThreads(THREADS).build();
      return new PromptHttpClient(
          connections.eventLoopGroup(threads).buildWithDefaults(defaults), threads);
    }
  }
}
