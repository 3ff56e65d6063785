package dev.sluice.images;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetterSinkFactory;
import dev.sluice.common.environment.CommandLine;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.operator.microbatch.MicroBatch;
import dev.sluice.common.sink.file.FileSinkFactory;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.common.source.file.FileObjectStream;
import dev.sluice.common.source.file.SplitRejectedObjects;
import dev.sluice.images.inference.DjlImageClassifier;
import dev.sluice.images.inference.ModelSource;
import dev.sluice.images.report.ClassificationReport;
import dev.sluice.images.report.Run;
import dev.sluice.images.report.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies the images in folders of any file system, in batches; results and dead letters go to
 * files, each exactly once.
 */
public final class ImageClassificationJob {
  private static final Logger LOG = LoggerFactory.getLogger(ImageClassificationJob.class);

  private static final ProgressLine PROGRESS =
      ProgressLine.NONE
          .count("classified", "batchElementsAccepted")
          .count("dead letters", "write dead letters: Writer/numRecordsIn")
          .rate("batchElementsAccepted")
          .mean("images a batch", "imagesPerPass");

  private ImageClassificationJob() {}

  /** Runs the job with the options of {@link ImageClassificationOptions}. */
  public static void main(String[] args) throws Exception {
    CommandLine.run(
        args,
        ImageClassificationOptions.ALL,
        ImageClassificationSettings::new,
        ImageClassificationJob::run);
  }

  private static void run(JobArguments arguments, ImageClassificationSettings settings)
      throws Exception {
    settings.folders(arguments).check();
    try (JobEnvironment env = JobEnvironment.create("image-classification", arguments, PROGRESS)) {
      assemble(env.streams(), settings);
      Instant start = Instant.now();
      env.execute();
      if (env.isLocal()) {
        report(arguments, settings, start);
      }
    }
  }

  /** A local run that has ended is told on one page and in five lines. */
  private static void report(
      JobArguments arguments, ImageClassificationSettings settings, Instant start)
      throws IOException {
    RunSummary summary =
        ClassificationReport.write(
            Run.writtenTo(settings.classifications(), settings.deadLetters())
                .since(start)
                .lasting(Duration.between(start, Instant.now()))
                .withOptions(arguments.toString())
                .withClasses(classes(settings.model)),
            settings.report());
    System.out.print(summary.text());
    if (summary.images() + summary.deadLetters() == 0) {
      System.out.println(
          "Nothing was found below "
              + settings.inputs
              + " with a name that ends in one of "
              + settings.suffixes
              + (settings.prefix.isEmpty() ? "" : " and begins with '" + settings.prefix + "'"));
    }
  }

  /** None if the model cannot be had any more: the page then knows fewer labels. */
  private static List<String> classes(ModelSource model) {
    try {
      return DjlImageClassifier.classesOf(model);
    } catch (IOException e) {
      LOG.warn("The report knows only classes that were answered: no model at '{}'", model, e);
      return List.of();
    }
  }

  /** The one place that names connectors. */
  static void assemble(StreamExecutionEnvironment env, ImageClassificationSettings settings) {
    SingleOutputStreamOperator<FileObject> images =
        FileObjectStream.from(env, settings.source(), Uids.READ, Uids.SPLIT_REJECTED);
    SingleOutputStreamOperator<Classification> results =
        ImageClassificationTopology.build(
            images,
            DjlImageClassifier.factory(settings.model, settings.modelCache),
            settings.inference);
    results
        .sinkTo(
            FileSinkFactory.jsonLines(
                settings.classifications(), "classifications", ClassificationJson::write))
        .name("write classifications")
        .uid(Uids.WRITE_RESULTS);
    images
        .getSideOutput(SplitRejectedObjects.REJECTED)
        .union(results.getSideOutput(MicroBatch.REJECTED))
        .sinkTo(DeadLetterSinkFactory.create(settings.deadLetters()))
        .name("write dead letters")
        .uid(Uids.WRITE_DEAD_LETTERS);
  }
}
