package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Every record is its own row, byte for byte, whatever it holds. */
final class VerbatimRows implements RowEncoder {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean readsJson() {
    return false;
  }

  @Override
  public byte[] encode(byte[] data, @Nullable JsonNode json) {
    return data;
  }
}
