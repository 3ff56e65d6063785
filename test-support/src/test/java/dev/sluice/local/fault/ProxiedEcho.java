package dev.sluice.local.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A server, the proxy before it, and a client. */
final class ProxiedEcho implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);

  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final EchoServer server = new EchoServer();
  final FaultProxy proxy = FaultProxy.start(server.endpoint(), 42);

  ProxiedEcho() throws IOException {}

  @Override
  public void close() throws IOException {
    proxy.close();
    server.close();
  }

  int bytesBeforeEnd(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().getPort())) {
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(UTF_8));
      HttpHead.read(socket.getInputStream());
      return socket.getInputStream().readAllBytes().length;
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(proxy.endpoint().resolve(path)).timeout(LIMIT);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> put(String path, String body) throws Exception {
    return client.send(
        request(path).PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> send(String path) {
    return client.sendAsync(
        request(path).PUT(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
  }
}
