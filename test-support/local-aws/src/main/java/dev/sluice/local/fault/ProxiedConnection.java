package dev.sluice.local.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client, and the connection to the server that belongs to it. One thread. */
final class ProxiedConnection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  /** Servers keep an idle connection for 30 s and more: an older one may be about to close. */
  private static final long REUSE_NANOS = 5_000_000_000L;

  private final FaultProxy proxy;
  private final Socket client;
  private @Nullable Socket server;
  private @Nullable InputStream serverIn;
  private long serverUsed;

  ProxiedConnection(FaultProxy proxy, Socket client) {
    this.proxy = proxy;
    this.client = client;
  }

  @Override
  public void run() {
    try {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (HttpHead head = HttpHead.read(in); head != null; head = HttpHead.read(in)) {
        if (!serve(head, in) || !head.keepsAlive()) {
          break;
        }
      }
    } catch (IOException e) {
      LOG.debug("Connection ended", e); // clients come and go, and faults make them
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(client);
      endServer();
    }
  }

  /** Returns whether the client's connection can serve another request. */
  private boolean serve(HttpHead head, InputStream in) throws IOException, InterruptedException {
    AwsRequest request = AwsRequest.of(head);
    Decision decision = proxy.decide(request);
    boolean expects = head.has("Expect", "100-continue");
    if (decision.fault().isEmpty()) {
      return forward(head, body(head, in, expects), client.getOutputStream());
    }
    Fault fault = decision.fault().get();
    FaultAction action = fault.rule().action;
    LOG.debug("{}", decision);
    if (action.kind == FaultAction.Kind.ANSWER && expects) {
      client.getOutputStream().write(ErrorResponse.bytes(head, request, action, true));
      return false; // whether the body follows is up to the client
    }
    if (action.kind == FaultAction.Kind.RESET) {
      return reset();
    }
    return serve(head, body(head, in, expects), request, fault);
  }

  private boolean serve(HttpHead head, byte[] body, AwsRequest request, Fault fault)
      throws IOException, InterruptedException {
    FaultAction action = fault.rule().action;
    OutputStream out = client.getOutputStream();
    switch (action.kind) {
      case ANSWER:
        out.write(ErrorResponse.bytes(head, request, action, false));
        return true;
      case DELAY:
        return fault.pause((long) action.amount) && forward(head, body, out);
      case HANG:
        fault.hold();
        return false;
      case CUT_AFTER_BYTES:
      case CUT_AT_SHARE:
        cut(head, body, action, out);
        return false;
      case HOLD_REQUEST:
        return fault.hold() && land(fault, buffered(head, body), out);
      case HOLD_RESPONSE:
        ByteArrayOutputStream answer = buffered(head, body);
        return fault.hold() && land(fault, answer, out);
      case FORWARD_THEN_ANSWER:
        buffered(head, body);
        out.write(ErrorResponse.bytes(head, request, action, false));
        return true;
      case FORWARD_THEN_RESET:
        buffered(head, body);
        return reset();
      case FAIL_ENTRIES:
      case THROTTLE_ENTRIES:
        return putInPart(PartialPut.of(head, body, fault), head, out);
      default:
        throw new IllegalStateException("Unknown action '" + action + "'");
    }
  }

  private byte[] body(HttpHead head, InputStream in, boolean expects) throws IOException {
    if (expects) {
      client.getOutputStream().write(CONTINUE);
    }
    return HttpBody.ofRequest(head, in);
  }

  private boolean forward(HttpHead head, byte[] body, OutputStream out) throws IOException {
    HttpHead response = send(head, body);
    out.write(response.bytes());
    copyBody(head, response, out);
    return response.keepsAlive() && !HttpBody.lastsUntilClose(head.method(), response);
  }

  private ByteArrayOutputStream buffered(HttpHead head, byte[] body) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    forward(head, body, answer);
    return answer;
  }

  private static boolean land(Fault fault, ByteArrayOutputStream answer, OutputStream out)
      throws IOException {
    fault.land();
    answer.writeTo(out);
    return true;
  }

  private boolean putInPart(PartialPut put, HttpHead head, OutputStream out) throws IOException {
    if (put.isEmpty()) {
      out.write(put.allFailed());
      return true;
    }
    byte[] body = put.body();
    HttpHead response = send(put.head(body), body);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    copyBody(head, response, answer);
    byte[] sent = answer.toByteArray();
    if (response.status() == 200) {
      byte[] merged = put.merged(response, sent);
      out.write(response.withLength(merged.length).followedBy(merged));
    } else {
      out.write(response.followedBy(sent));
    }
    return response.keepsAlive() && !HttpBody.lastsUntilClose(head.method(), response);
  }

  private void cut(HttpHead head, byte[] body, FaultAction action, OutputStream out)
      throws IOException {
    HttpHead response = send(head, body);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    copyBody(head, response, whole);
    double wanted =
        action.kind == FaultAction.Kind.CUT_AT_SHARE ? action.amount * whole.size() : action.amount;
    int kept = (int) Math.max(0, Math.min(wanted, whole.size() - 1));
    out.write(response.bytes());
    out.write(whole.toByteArray(), 0, kept);
    out.flush();
  }

  /** Sends the request and returns the head of the final response; its body is still to be read. */
  private HttpHead send(HttpHead head, byte[] body) throws IOException {
    if (server == null || System.nanoTime() - serverUsed > REUSE_NANOS) {
      endServer();
      server = proxy.connect();
      serverIn = new BufferedInputStream(server.getInputStream());
    }
    OutputStream out = server.getOutputStream();
    out.write(head.without("Expect").bytes());
    out.write(body);
    out.flush();
    while (true) {
      HttpHead response = serverIn == null ? null : HttpHead.read(serverIn);
      if (response == null) {
        throw new EOFException("Server ended the connection without an answer to '" + head + "'");
      }
      if (response.status() >= 200) {
        return response;
      }
    }
  }

  private void copyBody(HttpHead head, HttpHead response, OutputStream out) throws IOException {
    if (serverIn != null) {
      HttpBody.copyResponse(head.method(), response, serverIn, out);
    }
    serverUsed = System.nanoTime();
    if (!response.keepsAlive()
        || !head.keepsAlive()
        || HttpBody.lastsUntilClose(head.method(), response)) {
      endServer();
    }
  }

  private boolean reset() throws IOException {
    client.setSoLinger(true, 0); // close() then sends RST
    return false;
  }

  private void endServer() {
    if (server != null) {
      end(server);
      server = null;
      serverIn = null;
    }
  }

  private void end(Socket socket) {
    proxy.forget(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Connection did not close", e);
    }
  }
}
