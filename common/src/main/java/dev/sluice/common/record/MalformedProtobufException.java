package dev.sluice.common.record;

/** Bytes are not a protobuf message, or not the one that is expected. */
final class MalformedProtobufException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedProtobufException(String message) {
    super(message);
  }
}
