package dev.sluice.local.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that remembers what reached it; answers 1,000 bytes, in chunks if the path says so. */
final class EchoServer implements AutoCloseable {
  static final int BODY = 1000;

  static {
    // The JDK's server writes head and body apart, which costs a delayed ACK of 40 ms otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  final List<String> seen = new CopyOnWriteArrayList<>();
  final List<String> hosts = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  EchoServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    hosts.add(exchange.getRequestHeaders().getFirst("Host"));
    seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    boolean chunked = exchange.getRequestURI().getPath().contains("chunked");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + BODY);
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, chunked ? 0 : BODY);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write("x".repeat(BODY).getBytes(UTF_8));
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
