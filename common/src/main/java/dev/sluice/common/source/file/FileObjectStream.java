package dev.sluice.common.source.file;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The two operators that make a stream of objects, with the uids that the caller gives them. */
public final class FileObjectStream {
  private FileObjectStream() {}

  /**
   * Adds a source and what parts its rejected objects from the others.
   *
   * @param sourceUid uid of the source; a savepoint knows it by this name
   * @param rejectUid uid of the operator behind it, which is also the {@code stage} of dead letters
   * @return the objects that were read; rejected ones come with {@code
   *     getSideOutput(SplitRejectedObjects.REJECTED)}. Neither timestamps nor watermarks.
   */
  public static SingleOutputStreamOperator<FileObject> from(
      StreamExecutionEnvironment env, FileObjectSource source, String sourceUid, String rejectUid) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "read objects")
        .uid(sourceUid)
        .process(new SplitRejectedObjects(rejectUid))
        .name("split rejected objects")
        .uid(rejectUid);
  }
}
