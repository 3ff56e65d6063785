package dev.sluice.common.source.file;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.FileSourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Flink's reader of files, which always has the next object assigned already, so that the way to
 * the coordinator and back costs no time between two objects.
 *
 * <p>Called by the task thread only; objects are read by a thread of its own.
 */
final class FileObjectReader implements SourceReader<FileObject, FileSourceSplit> {
  private static final int SPLITS_AHEAD = 2;

  private final SourceReaderContext context;
  private final FileSourceReader<FileObject, FileSourceSplit> reader;
  private int requested;

  private FileObjectReader(SourceReaderContext context, FileObjectFormat format) {
    this.context = context;
    Configuration config = new Configuration(context.getConfiguration());
    // An element is a whole object: one in the queue is as far ahead as memory should go.
    config.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, 1);
    this.reader = new FileSourceReader<>(new RequestContext(context, this), format, config);
  }

  static FileObjectReader create(SourceReaderContext context, FileObjectSourceSettings settings) {
    return new FileObjectReader(
        context,
        new FileObjectFormat(
            settings.maxObjectBytes(),
            !settings.isBounded(),
            new ReadMetrics(context.metricGroup())));
  }

  private void requestSplits() {
    while (reader.getNumberOfCurrentlyAssignedSplits() + requested < SPLITS_AHEAD) {
      requested++;
      context.sendSplitRequest();
    }
  }

  @Override
  public void start() {
    reader.start();
    requestSplits();
  }

  @Override
  public void addSplits(List<FileSourceSplit> splits) {
    // Restored splits come before start(), when nothing has been requested.
    requested = Math.max(0, requested - splits.size());
    reader.addSplits(splits);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<FileObject> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public List<FileSourceSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent sourceEvent) {
    reader.handleSourceEvents(sourceEvent);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<String> splitsToPause, Collection<String> splitsToResume) {
    reader.pauseOrResumeSplits(splitsToPause, splitsToResume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }

  /** Flink's reader asks for one split when it has finished one: it gets what is missing. */
  private static final class RequestContext implements SourceReaderContext {
    private final SourceReaderContext context;
    private final FileObjectReader owner;

    RequestContext(SourceReaderContext context, FileObjectReader owner) {
      this.context = context;
      this.owner = owner;
    }

    @Override
    public void sendSplitRequest() {
      owner.requestSplits();
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return context.metricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return context.getConfiguration();
    }

    @Override
    public String getLocalHostName() {
      return context.getLocalHostName();
    }

    @Override
    public int getIndexOfSubtask() {
      return context.getIndexOfSubtask();
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
      context.sendSourceEventToCoordinator(sourceEvent);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return context.getUserCodeClassLoader();
    }

    @Override
    public int currentParallelism() {
      return context.currentParallelism();
    }
  }
}
