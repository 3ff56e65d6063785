package dev.sluice.common.record;

import java.io.Serializable;

/**
 * Code of a user's own between the stream and the parser: decompresses, decrypts, filters, or names
 * partition keys. It has the place of the Lambda function of an Amazon Data Firehose stream, and
 * its outcomes.
 *
 * <p>One instance per subtask, made by deserialisation, used by one thread: {@link #open}, any
 * number of {@link #transform}, {@link #close}. It may be asked again for a record after a restart,
 * so its answer must not depend on what it was asked before.
 */
public interface RecordTransformer extends Serializable, AutoCloseable {
  /** Before the first record; connections and tables are opened here. */
  default void open() throws Exception {}

  /**
   * What becomes of a record.
   *
   * @return never null
   * @throws Exception for failures that are not the record's fault; the job restarts. A record that
   *     cannot be processed is {@link Transformed#processingFailed}
   */
  Transformed transform(RawRecord record) throws Exception;

  @Override
  default void close() throws Exception {}
}
