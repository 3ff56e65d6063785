package dev.sluice.common.source.generated;

import dev.sluice.common.record.RawRecord;
import java.io.Serializable;

/**
 * Makes the record of an index: the same record for the same index, always and in every process, so
 * that a restart repeats what was there and a test knows what must come out.
 *
 * <p>Looks neither at the clock nor at what it made before. One instance per subtask, made by
 * deserialisation, used by one thread.
 */
@FunctionalInterface
public interface RecordGenerator extends Serializable {
  /**
   * The record of an index.
   *
   * @param index from 0
   * @return a record that nobody else holds
   */
  RawRecord generate(long index);
}
