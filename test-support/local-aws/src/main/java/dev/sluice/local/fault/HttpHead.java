package dev.sluice.local.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Start line and headers of an HTTP/1.1 message, passed on as they came. Immutable. */
final class HttpHead {
  private static final int LIMIT = 256 * 1024;

  private final List<String> lines;

  private HttpHead(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Reads up to the empty line; null if the connection ends before the first byte. */
  static @Nullable HttpHead read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    int size = 0;
    while (true) {
      String line = readLine(in);
      if (line == null) {
        if (lines.isEmpty()) {
          return null;
        }
        throw new EOFException("Connection ended in the headers of '" + lines.get(0) + "'");
      }
      if (line.isEmpty() && !lines.isEmpty()) {
        return new HttpHead(lines);
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      size += line.length();
      if (size > LIMIT) {
        throw new IOException("Headers must be at most " + LIMIT + " bytes");
      }
    }
  }

  /** A line without its end; null at the end of the connection. */
  static @Nullable String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
      if (line.size() > LIMIT) {
        throw new IOException("A line must be at most " + LIMIT + " bytes");
      }
    }
    return null;
  }

  String method() {
    return word(0);
  }

  String target() {
    return word(1);
  }

  int status() {
    return Integer.parseInt(word(1));
  }

  @Nullable String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    for (String line : lines.subList(1, lines.size())) {
      if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
        return line.substring(start.length()).trim();
      }
    }
    return null;
  }

  boolean has(String name, String value) {
    String found = header(name);
    return found != null && found.toLowerCase(Locale.ROOT).contains(value);
  }

  /** False if the peer closes the connection after this message. */
  boolean keepsAlive() {
    return !has("Connection", "close") && !lines.get(0).contains("HTTP/1.0");
  }

  HttpHead without(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    List<String> rest = new ArrayList<>(lines);
    rest.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(start));
    return new HttpHead(rest);
  }

  static HttpHead of(String... lines) {
    return new HttpHead(List.of(lines));
  }

  /** With a body of so many bytes, which is not in chunks. */
  HttpHead withLength(int length) {
    HttpHead rest = without("Content-Length").without("Transfer-Encoding");
    List<String> all = new ArrayList<>(rest.lines);
    all.add("Content-Length: " + length);
    return new HttpHead(all);
  }

  /** The whole message. */
  byte[] followedBy(byte[] body) {
    byte[] start = bytes();
    return ByteBuffer.allocate(start.length + body.length).put(start).put(body).array();
  }

  byte[] bytes() {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return lines.get(0);
  }

  private String word(int index) {
    String[] words = lines.get(0).split(" ", 3);
    if (words.length <= index) {
      throw new IllegalArgumentException("Not a line of HTTP: '" + lines.get(0) + "'");
    }
    return words[index];
  }
}
