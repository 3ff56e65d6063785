package dev.sluice.local.fault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Copies the body of a message as it is on the wire: chunks with their sizes. */
final class HttpBody {
  private HttpBody() {}

  /** A request without a length and without chunks has no body. */
  static byte[] ofRequest(HttpHead head, InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.has("Transfer-Encoding", "chunked")) {
      copyChunks(in, body);
    } else if (head.header("Content-Length") != null) {
      copy(in, body, length(head));
    }
    return body.toByteArray();
  }

  /** A body as it was read from the wire, without the sizes of its chunks. */
  static byte[] content(HttpHead head, byte[] body) throws IOException {
    if (!head.has("Transfer-Encoding", "chunked")) {
      return body;
    }
    ByteArrayInputStream in = new ByteArrayInputStream(body);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (long size = size(HttpHead.readLine(in)); size > 0; size = size(HttpHead.readLine(in))) {
      copy(in, content, size);
      HttpHead.readLine(in);
    }
    return content.toByteArray();
  }

  /** A response without a length and without chunks lasts until its connection ends. */
  static void copyResponse(String method, HttpHead head, InputStream in, OutputStream out)
      throws IOException {
    int status = head.status();
    if (method.equals("HEAD") || status == 204 || status == 304) {
      return;
    }
    if (head.has("Transfer-Encoding", "chunked")) {
      copyChunks(in, out);
    } else if (head.header("Content-Length") != null) {
      copy(in, out, length(head));
    } else {
      in.transferTo(out);
    }
  }

  /** True if the end of the connection is the end of the body. */
  static boolean lastsUntilClose(String method, HttpHead head) {
    return !method.equals("HEAD")
        && head.status() != 204
        && head.status() != 304
        && !head.has("Transfer-Encoding", "chunked")
        && head.header("Content-Length") == null;
  }

  private static long length(HttpHead head) throws IOException {
    String text = head.header("Content-Length");
    try {
      return Long.parseLong(text == null ? "0" : text);
    } catch (NumberFormatException e) {
      throw new IOException("Content-Length must be a number, but was '" + text + "'", e);
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("Connection ended " + left + " bytes before its body did");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    while (true) {
      String line = copyLine(in, out);
      long size = size(line);
      if (size == 0) {
        String trailer = copyLine(in, out);
        while (!trailer.isEmpty()) {
          trailer = copyLine(in, out);
        }
        return;
      }
      copy(in, out, size);
      copyLine(in, out);
    }
  }

  private static long size(@Nullable String line) throws IOException {
    try {
      return Long.parseLong(line == null ? "" : line.split(";", 2)[0].trim(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("Chunk size must be hexadecimal, but was '" + line + "'", e);
    }
  }

  private static String copyLine(InputStream in, OutputStream out) throws IOException {
    String line = HttpHead.readLine(in);
    if (line == null) {
      throw new EOFException("Connection ended between chunks");
    }
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return line;
  }
}
