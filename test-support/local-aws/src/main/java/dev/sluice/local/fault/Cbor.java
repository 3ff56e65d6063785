package dev.sluice.local.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * CBOR (RFC 8949) as far as AWS's clients and the local server write it in PutRecords: maps, lists,
 * text, bytes, integers up to 63 bits, booleans and null, each of a definite or indefinite length.
 * Bytes are binary nodes, unlike in JSON.
 */
final class Cbor {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xFF;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int LIST = 4;
  private static final int MAP = 5;

  private final ByteBuffer in;

  private Cbor(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** Reads one item that the bytes hold, and nothing behind it. */
  static JsonNode read(byte[] bytes) throws IOException {
    Cbor cbor = new Cbor(bytes);
    try {
      JsonNode item = cbor.item();
      if (cbor.in.hasRemaining()) {
        throw new IOException("CBOR must end after its item, but has more bytes");
      }
      return item;
    } catch (BufferUnderflowException e) {
      throw new IOException("CBOR ends in an item", e);
    }
  }

  static byte[] write(JsonNode item) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(item, out);
    return out.toByteArray();
  }

  private JsonNode item() throws IOException {
    int first = in.get() & 0xFF;
    int info = first & 0x1F;
    switch (first >> 5) {
      case 0:
        return NODES.numberNode(length(info));
      case 1:
        return NODES.numberNode(-1 - length(info));
      case BYTES:
        return NODES.binaryNode(string(BYTES, info));
      case TEXT:
        return NODES.textNode(new String(string(TEXT, info), StandardCharsets.UTF_8));
      case LIST:
        ArrayNode list = NODES.arrayNode();
        for (long left = length(info); more(left); left = Math.max(left - 1, -1)) {
          list.add(item());
        }
        return list;
      case MAP:
        ObjectNode map = NODES.objectNode();
        for (long left = length(info); more(left); left = Math.max(left - 1, -1)) {
          map.set(item().textValue(), item());
        }
        return map;
      default:
        return simple(first);
    }
  }

  private static JsonNode simple(int first) throws IOException {
    switch (first) {
      case 0xF4:
        return NODES.booleanNode(false);
      case 0xF5:
        return NODES.booleanNode(true);
      case 0xF6:
        return NODES.nullNode();
      default:
        throw new IOException("CBOR item must be of a known type, but was '" + first + "'");
    }
  }

  /** Whether another element follows; takes the end of a list of indefinite length away. */
  private boolean more(long left) throws IOException {
    if (left < 0 && !in.hasRemaining()) {
      throw new IOException("CBOR ends in an item");
    }
    if (left > 0 || (left < 0 && (in.get(in.position()) & 0xFF) != BREAK)) {
      return true;
    }
    if (left < 0) {
      in.get();
    }
    return false;
  }

  /** A number, or the length of an item: negative if it is indefinite. */
  private long length(int info) throws IOException {
    switch (info) {
      case 24:
        return in.get() & 0xFF;
      case 25:
        return in.getShort() & 0xFFFF;
      case 26:
        return in.getInt() & 0xFFFFFFFFL;
      case 27:
        return in.getLong();
      case INDEFINITE:
        return -1;
      default:
        if (info > 24) {
          throw new IOException("CBOR length must be of a known form, but was '" + info + "'");
        }
        return info;
    }
  }

  private byte[] string(int type, int info) throws IOException {
    long length = length(info);
    if (length > in.remaining()) {
      throw new IOException("CBOR string of " + length + " bytes is longer than its message");
    }
    if (length >= 0) {
      byte[] bytes = new byte[(int) length];
      in.get(bytes);
      return bytes;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (more(length)) {
      int first = in.get() & 0xFF;
      if (first >> 5 != type) {
        throw new IOException("CBOR string must be of parts of its type, not '" + first + "'");
      }
      whole.writeBytes(string(type, first & 0x1F));
    }
    return whole.toByteArray();
  }

  private static void write(JsonNode item, ByteArrayOutputStream out) throws IOException {
    if (item.isObject()) {
      head(MAP, item.size(), out);
      for (Map.Entry<String, JsonNode> field : item.properties()) {
        string(TEXT, field.getKey().getBytes(StandardCharsets.UTF_8), out);
        write(field.getValue(), out);
      }
    } else if (item.isArray()) {
      head(LIST, item.size(), out);
      for (JsonNode element : item) {
        write(element, out);
      }
    } else if (item.isTextual()) {
      string(TEXT, item.textValue().getBytes(StandardCharsets.UTF_8), out);
    } else if (item.isBinary()) {
      string(BYTES, item.binaryValue(), out);
    } else if (item.isIntegralNumber()) {
      long value = item.longValue();
      head(value < 0 ? 1 : 0, value < 0 ? -1 - value : value, out);
    } else if (item.isBoolean()) {
      out.write(item.booleanValue() ? 0xF5 : 0xF4);
    } else if (item.isNull()) {
      out.write(0xF6);
    } else {
      throw new IOException("No CBOR for a node of type '" + item.getNodeType() + "'");
    }
  }

  private static void string(int type, byte[] bytes, ByteArrayOutputStream out) {
    head(type, bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void head(int type, long length, ByteArrayOutputStream out) {
    int start = type << 5;
    if (length < 24) {
      out.write(start | (int) length);
    } else if (length < 1L << 32) {
      out.write(start | 26);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) length).array());
    } else {
      out.write(start | 27);
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    }
  }
}
