package dev.sluice.local.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 proxy in front of a server of the test, that does to requests what its rules say.
 *
 * <p>The client is given {@link #endpoint()} in place of the server's. The {@code Host} header is
 * passed on as it came, since S3 signatures cover it; connections are kept alive. The first rule
 * that takes a request decides; what none takes is forwarded. With the same seed, rules and
 * sequence of requests the decisions are the same.
 *
 * <p>A request is read into memory before anything else, so that it can land late; {@code Expect:
 * 100-continue} is answered here. HTTP only, on the loopback interface. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L; // of SplittableRandom: unlike streams

  private final URI server;
  private final long seed;
  private final ServerSocket listener;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fault-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<String, Long> requests = new TreeMap<>();
  private volatile boolean closed;

  private FaultProxy(URI server, long seed) throws IOException {
    if (!"http".equals(server.getScheme()) || server.getPort() < 0) {
      throw new IllegalArgumentException(
          "Server must be http://host:port, but was '" + server + "'");
    }
    this.server = server;
    this.seed = seed;
    this.listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
  }

  /** Starts a proxy without rules on a random port. */
  public static FaultProxy start(URI server, long seed) throws IOException {
    FaultProxy proxy = new FaultProxy(server, seed);
    LOG.info("Fault proxy {} for {}, seed {}", proxy.endpoint(), server, seed);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  /** {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Adds a rule behind those that are there, and returns its switch and counters. */
  public Fault add(FaultRule rule) {
    synchronized (faults) {
      Fault fault = new Fault(rule, seed + SEED_STEP * faults.size());
      faults.add(fault);
      return fault;
    }
  }

  /** Removes every rule and lets go what they hold. */
  public void clear() {
    synchronized (faults) {
      for (Fault fault : faults) {
        fault.disable();
        fault.release();
      }
      faults.clear();
    }
  }

  /** The decisions in the order in which they were made. */
  public List<Decision> decisions() {
    synchronized (faults) {
      return List.copyOf(decisions);
    }
  }

  /** How many requests of each operation came, forwarded or not. */
  public Map<String, Long> requests() {
    synchronized (faults) {
      return Map.copyOf(requests);
    }
  }

  public long requests(String operation) {
    return requests().getOrDefault(operation, 0L);
  }

  /** Ends all connections; what is held is never forwarded. */
  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    synchronized (faults) {
      faults.forEach(Fault::close);
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  Decision decide(AwsRequest request) {
    synchronized (faults) {
      requests.merge(request.operation, 1L, Long::sum);
      Fault taker = null;
      for (Fault fault : faults) {
        if (fault.decide(request)) {
          taker = fault;
          break;
        }
      }
      Decision decision = new Decision(decisions.size(), request, taker);
      decisions.add(decision);
      return decision;
    }
  }

  Socket connect() throws IOException {
    return track(new Socket(server.getHost(), server.getPort()));
  }

  Socket track(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    if (closed) {
      socket.close();
    }
    return socket;
  }

  void forget(Socket socket) {
    sockets.remove(socket);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = track(listener.accept());
        threads.execute(new ProxiedConnection(this, client));
      } catch (SocketException e) {
        if (!closed) {
          LOG.warn("Fault proxy for {} cannot accept connections any more", server, e);
        }
        return;
      } catch (IOException e) {
        LOG.warn("Fault proxy for {} lost a connection", server, e);
      }
    }
  }
}
