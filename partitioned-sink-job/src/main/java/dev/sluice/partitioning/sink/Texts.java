package dev.sluice.partitioning.sink;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Strings in state: of any length, and of any characters, with lone surrogates as they are. */
final class Texts {
  private Texts() {}

  static void write(String text, DataOutput out) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  static String read(DataInput in) throws IOException {
    char[] text = new char[in.readInt()];
    for (int i = 0; i < text.length; i++) {
      text[i] = in.readChar();
    }
    return new String(text);
  }
}
