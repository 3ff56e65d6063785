package dev.sluice.common.source.file;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.FileSourceSplitSerializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads whole objects of any file system that Flink reads ({@code file:}, {@code s3:} …), once or
 * for ever.
 *
 * <p><b>Delivery.</b> An object is known by its path and modification time. Relative to checkpoints
 * each is emitted exactly once, in about the order of modification times, also after failures,
 * restores and with another parallelism.
 *
 * <ul>
 *   <li>A <em>bounded</em> source reads the objects of its first listing, up to the latest
 *       modification time in it. An object that is overwritten or deleted while the job runs is
 *       read in its new form, or rejected as {@link FileObject#VANISHED}, or left to the next run.
 *   <li>A <em>monitored</em> source reads new objects, and overwritten ones again. An object that
 *       is overwritten before its turn is read once, in its new form; but one of equal length may
 *       come out twice, with the new bytes under both modification times, since a read looks at the
 *       time only when the length is wrong. One that is overwritten within the resolution of
 *       modification times (S3: one second) cannot be told from its old form.
 * </ul>
 *
 * <p><b>The discovery window.</b> Readers have been given objects up to some modification time.
 * Objects that appear later with a modification time before it are still found inside the window;
 * <em>older ones count as read and never are</em>. On S3 no object is older than its upload took;
 * on local and shared folders {@code mv}, {@code cp -p}, {@code rsync -t} and {@code tar} keep old
 * times: let such tools touch what they bring, or make the window wide. What can be detected (more
 * old objects than in the listing before) is logged and counted as {@code objectsSkippedAsOld}. Put
 * files into local folders by renaming: one that is still written may be read half, and once more
 * when it is whole.
 *
 * <p><b>Names.</b> Folders are read with all that is below them. Names that begin with {@code .} or
 * {@code _} are hidden. Names may hold any other character, {@code :} and backslashes included;
 * {@link FileObject#path} with a backslash does not lead back to the object through {@code new
 * Path(String)}, which turns it into a slash. Local entries without a status, such as dangling
 * links, or with a name that is no text in the locale of the JobManager are passed over, logged and
 * counted as {@code objectsUnlistable}. Local links are followed, except to a folder that they are
 * in.
 *
 * <p><b>Memory.</b> A subtask holds two objects: the one that is emitted and the next, read ahead;
 * so twice the size limit, and as much again for each copy downstream unless object reuse is
 * enabled. The JobManager holds at most {@code pendingLimit} waiting objects and those in the
 * window; for the time of a listing also all entries of one folder, as file systems list a folder
 * as a whole. A checkpoint holds the objects of the window, and nothing of those outside of it.
 *
 * <p><b>What monitoring costs</b>, with 100,000 local objects, names of 30 characters ({@code
 * dev.sluice.benchmarks.DiscoveryCost}; Flink's own monitoring {@code FileSource} in parentheses):
 *
 * <ul>
 *   <li>waiting: 192 bytes of heap per object (637), 0 bytes in a checkpoint (229);
 *   <li>read, inside the window: 188 bytes of heap (436 to 569), 36 bytes in a checkpoint (84);
 *   <li>read, outside of the window: nothing (the same 436 to 569 and 84 bytes, for ever);
 *   <li>a listing: 23 to 35 ms per 1,000 objects (22 to 32), each interval, however many are read.
 *       On S3 it is one request per folder and per 1,000 objects in it.
 * </ul>
 *
 * <p><b>Failures.</b> A read that breaks off or is short is tried four times with fresh streams,
 * then fails the task. A listing that fails is tried again after the interval; too many failures in
 * a row fail the job. After these the restart strategy decides. Forbidden access and a missing
 * bucket fail the job at once and for good, whatever the restart strategy; credentials that could
 * not be had count as a failure that may pass. An input path that does not exist fails a bounded
 * job; for a monitored one it is an empty one.
 *
 * <p><b>Metrics.</b> Of the coordinator: {@code objectsDiscovered} (handed to readers), {@code
 * objectsSkippedAsOld}, {@code listingFailures}, {@code lastListingObjects}, {@code
 * lastListingMillis}, {@code objectsUnlistable} (in the last listing), {@code pendingObjects},
 * {@code discoveryWindowObjects}. Of the readers: {@code bytesRead}, {@code readRetries}, {@code
 * objectsSuperseded}. {@link SplitRejectedObjects} counts the rejected ones.
 *
 * <p>Immutable.
 */
public final class FileObjectSource
    implements Source<FileObject, FileSourceSplit, DiscoveryState>,
        ResultTypeQueryable<FileObject> {
  private static final long serialVersionUID = 1L;

  private final FileObjectSourceSettings settings;

  FileObjectSource(FileObjectSourceSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a bounded source of all objects below these paths.
   *
   * @param inputs folders, or single objects; overlapping ones are read once
   */
  public static FileObjectSourceBuilder builder(List<Path> inputs) {
    return new FileObjectSourceBuilder(inputs);
  }

  @Override
  public Boundedness getBoundedness() {
    return settings.isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<FileSourceSplit, DiscoveryState> createEnumerator(
      SplitEnumeratorContext<FileSourceSplit> context) {
    return restoreEnumerator(context, DiscoveryState.INITIAL);
  }

  @Override
  public SplitEnumerator<FileSourceSplit, DiscoveryState> restoreEnumerator(
      SplitEnumeratorContext<FileSourceSplit> context, DiscoveryState checkpoint) {
    FolderLister lister =
        new FolderLister(settings.inputs(), settings.filter(), !settings.isBounded());
    return new FileObjectEnumerator(
        context, settings, lister, System::currentTimeMillis, checkpoint);
  }

  @Override
  public SourceReader<FileObject, FileSourceSplit> createReader(SourceReaderContext context) {
    return new FileObjectReader(context, settings);
  }

  @Override
  public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
    return FileSourceSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<DiscoveryState> getEnumeratorCheckpointSerializer() {
    return new DiscoveryStateSerializer();
  }

  @Override
  public TypeInformation<FileObject> getProducedType() {
    return TypeInformation.of(FileObject.class);
  }
}
