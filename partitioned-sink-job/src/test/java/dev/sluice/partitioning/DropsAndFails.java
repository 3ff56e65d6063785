package dev.sluice.partitioning;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.common.record.Transformed;

/** A user's code: drops what says so, fails what says so, and lets the rest pass. */
public final class DropsAndFails implements RecordTransformer {
  private static final long serialVersionUID = 1L;

  @Override
  public Transformed transform(RawRecord record) {
    return switch (new String(record.data, ISO_8859_1)) {
      case "drop me" -> Transformed.dropped();
      case "fail me" -> Transformed.processingFailed("asked to");
      default -> Transformed.ok(record.data);
    };
  }
}
