package dev.sluice.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.common.record.Transformed;

/** Says in each record how often it was transformed. */
public final class CountTransformations implements RecordTransformer {
  private static final long serialVersionUID = 1L;

  @Override
  public Transformed transform(RawRecord record) {
    String text = new String(record.data, UTF_8);
    return Transformed.ok(
        text.replace("\"n\": 1", "\"n\": 2").replace("\"n\": 0", "\"n\": 1").getBytes(UTF_8));
  }
}
