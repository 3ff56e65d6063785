package dev.sluice.common.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a splitter handed out, in order. */
final class Taken implements RecordSplitter.Pieces {
  final List<byte[]> pieces = new ArrayList<>();
  final List<byte[]> broken = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();

  static Taken from(RecordSplitter splitter, byte[] data) throws Exception {
    byte[] before = data.clone();
    Taken taken = new Taken();
    splitter.split(data, taken);
    if (!Arrays.equals(before, data)) {
      throw new AssertionError("The splitter changed its input");
    }
    return taken;
  }

  static Taken from(RecordSplitter splitter, String data) throws Exception {
    return from(splitter, data.getBytes(UTF_8));
  }

  @Override
  public void piece(byte[] data) {
    pieces.add(data);
    all.writeBytes(data);
  }

  @Override
  public void broken(byte[] data, String reason) {
    broken.add(data);
    reasons.add(reason);
    all.writeBytes(data);
  }

  List<String> texts() {
    return pieces.stream().map(piece -> new String(piece, UTF_8)).toList();
  }

  List<String> brokenTexts() {
    return broken.stream().map(piece -> new String(piece, UTF_8)).toList();
  }

  /** Pieces and broken rest one behind the other, a character for each byte. */
  String joined() {
    return all.toString(ISO_8859_1);
  }
}
