package dev.sluice.common.sink.file;

import java.time.ZoneOffset;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.DateTimeBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Sinks of JSON lines, rolled and committed by checkpoints: {@code
 * <folder>/<yyyy-MM-dd>/<prefix>-<uuid>-<n>.jsonl}.
 *
 * <p><b>Delivery: exactly once in finished files.</b> A file is finished when the first checkpoint
 * after its last record has completed; until then its name begins with a dot (local file systems)
 * or it does not exist (S3: an open multipart upload). A reader that skips names that begin with
 * {@code .} or {@code _} sees each record once, also after failures and restores. Without
 * checkpoints nothing is finished before the end of a bounded input. Each checkpoint makes one file
 * per subtask and date folder that had records, so the checkpoint interval decides how many files
 * there are.
 *
 * <p><b>What is left behind.</b> A process that is killed leaves, per open file, an unfinished file
 * ({@code .<prefix>-…inprogress…}) on local file systems; on S3 an open multipart upload, and an
 * object with {@code _tmp_} in its name that holds the tail below 5 MiB. They are never read as
 * results, and never deleted: give the bucket a lifecycle rule ({@code
 * AbortIncompleteMultipartUpload} after some days, longer than any savepoint is to be restored).
 *
 * <p><b>Restores.</b> A sink restored from a checkpoint commits what that checkpoint holds at the
 * path of the job that took it, whatever folder is given now; new records go to the new folder. A
 * restore from a checkpoint older than the newest finished file writes the records in between
 * again.
 */
public final class FileSinkFactory {
  private FileSinkFactory() {}

  /**
   * Into date folders: {@code yyyy-MM-dd} in UTC, by the time of writing.
   *
   * @param folder where the date folders go
   * @param prefix first part of the file names, without the hyphen that follows
   * @param format one line of JSON per record
   */
  public static <T> FileSink<T> jsonLines(Path folder, String prefix, LineFormat<T> format) {
    return jsonLines(
        folder, prefix, format, new DateTimeBucketAssigner<>("yyyy-MM-dd", ZoneOffset.UTC));
  }

  /** As {@link #jsonLines(Path, String, LineFormat)}, with folders of the caller's own. */
  public static <T> FileSink<T> jsonLines(
      Path folder, String prefix, LineFormat<T> format, BucketAssigner<T, String> folders) {
    return FileSink.forRowFormat(folder, new LineEncoder<>(format))
        .withBucketAssigner(folders)
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix(prefix).withPartSuffix(".jsonl").build())
        .build();
  }
}
