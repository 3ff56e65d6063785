package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a record becomes in an object: a line of text, or a row by a schema.
 *
 * <p>One instance per subtask, used by one thread. Its rows are what the {@link ObjectFormat} of
 * the same {@link RecordFormat} takes.
 */
public interface RowEncoder extends Serializable {
  /** Whether {@link #encode} needs the parsed record. If not, nobody has to parse for its sake. */
  boolean readsJson();

  /**
   * Whether {@link #encode} looks into the parsed record. If not, it takes null once somebody knows
   * that the record is JSON.
   */
  default boolean readsTree() {
    return readsJson();
  }

  /**
   * The row of a record.
   *
   * @param data the record; not changed, may be returned as it is
   * @param json the same record parsed; never null if {@link #readsTree}
   * @return never null, nothing of a row's end in it
   * @throws UnfitRecordException if the record cannot be a row; it is a dead letter
   */
  byte[] encode(byte[] data, @Nullable JsonNode json) throws UnfitRecordException;
}
