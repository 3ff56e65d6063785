package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingProcessingTimeWindows;

/**
 * The topology of AWS's blog post on inference in Flink, written anew: decoded images as stream
 * elements, keyed by a random id, in a window per key, classified with DJL's own translator.
 *
 * <p>In its favour: windows of one second instead of 60; a predictor per subtask, where the post
 * shares one between threads; state on the heap, where the managed service puts it into RocksDB;
 * windows that are open at the end of the input fire ({@link FireAtEnd}), which Flink does not do
 * by itself.
 */
final class WindowedJob implements Contestant {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

  private final Path model;
  private final int parallelism;

  WindowedJob(Path model, int parallelism) {
    this.model = model;
    this.parallelism = parallelism;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    env.fromSource(
            FileSource.forRecordStreamFormat(new DecodedImageFormat(), path(input)).build(),
            WatermarkStrategy.noWatermarks(),
            "file-source")
        .keyBy(DecodedImage::id)
        .window(TumblingProcessingTimeWindows.of(WINDOW))
        .trigger(new FireAtEnd())
        .process(new ClassifyWindow(model.toString()))
        .sinkTo(
            FileSink.forRowFormat(path(output), new SimpleStringEncoder<String>("UTF-8")).build());
    env.execute("windowed");
    ClassifyWindow.closeModel();
  }

  @Override
  public Work work(Path output) throws IOException {
    return new Work(linesIn(output), ClassifyWindow.windows());
  }

  /** A window holds one image. */
  @Override
  public long done() {
    return ClassifyWindow.windows();
  }

  private static org.apache.flink.core.fs.Path path(Path folder) {
    return new org.apache.flink.core.fs.Path(folder.toUri());
  }

  private static long linesIn(Path folder) throws IOException {
    long lines = 0;
    for (Path file : SluiceJob.finishedFiles(folder)) {
      try (Stream<String> all = Files.lines(file)) {
        lines += all.count();
      }
    }
    return lines;
  }
}
