package dev.sluice.local.fault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An error as the service itself would write it: S3 in XML, others in AWS JSON or CBOR. */
final class ErrorResponse {
  static final String REQUEST_ID = "SLUICEFAULTPROXY";
  static final String MESSAGE = "Injected by a fault rule";

  private ErrorResponse() {}

  /** Head and body; HEAD has none. With {@code close}, the connection ends after it. */
  static byte[] bytes(HttpHead head, AwsRequest request, FaultAction action, boolean close) {
    boolean cbor = head.has("Content-Type", "cbor");
    byte[] body =
        request.json ? (cbor ? cbor(action.code) : json(action.code)) : xml(head, action.code);
    String type =
        request.json
            ? (cbor ? "application/x-amz-cbor-1.1" : "application/x-amz-json-1.1")
            : "application/xml";
    StringBuilder text = new StringBuilder();
    text.append("HTTP/1.1 ").append(action.status).append(" Error\r\n");
    text.append("Content-Type: ").append(type).append("\r\n");
    text.append("x-amz-request-id: ").append(REQUEST_ID).append("\r\n");
    if (request.json) {
      text.append("x-amzn-RequestId: ").append(REQUEST_ID).append("\r\n");
      text.append("x-amzn-ErrorType: ").append(action.code).append("\r\n");
    }
    text.append("Content-Length: ").append(body.length).append("\r\n");
    if (close) {
      text.append("Connection: close\r\n");
    }
    byte[] start = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] sent = head.method().equals("HEAD") ? new byte[0] : body;
    return ByteBuffer.allocate(start.length + sent.length).put(start).put(sent).array();
  }

  private static byte[] xml(HttpHead head, String code) {
    String path = head.target().split("\\?", 2)[0].replace("&", "&amp;").replace("<", "&lt;");
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>"
            + MESSAGE
            + "</Message><Resource>"
            + path
            + "</Resource><RequestId>"
            + REQUEST_ID
            + "</RequestId></Error>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(String code) {
    return ("{\"__type\":\"" + code + "\",\"message\":\"" + MESSAGE + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** RFC 8949: a map of two pairs of text strings. */
  private static byte[] cbor(String code) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xA0 | 2);
    for (String text : new String[] {"__type", code, "message", MESSAGE}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.write(0x78); // text string, length in one byte
      out.write(utf8.length);
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }
}
