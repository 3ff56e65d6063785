package dev.sluice.images;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** All options of the job, those of its environment included. */
public final class ImageClassificationOptions {
  static final JobOption<List<String>> INPUT_PATH =
      JobOption.ofStrings("input.path")
          .defaultDescribedAs("the sample images in a local run; required on a cluster")
          .notEmpty()
          .describedAs("Folders with images, on any file system of Flink's; subfolders included.");

  static final JobOption<List<String>> INPUT_SUFFIXES =
      JobOption.ofStrings("input.suffixes")
          .defaultTo(List.of(".jpg", ".jpeg", ".png", ".gif", ".bmp"))
          .describedAs("Only objects whose names end so are read, in any case.");

  static final JobOption<String> INPUT_PREFIX =
      JobOption.ofString("input.prefix")
          .defaultDescribedAs("none")
          .describedAs("Only objects whose path below the input folder begins so are read.");

  static final JobOption<MemorySize> INPUT_MAX_OBJECT_SIZE =
      JobOption.ofMemorySize("input.max-object-size")
          .defaultDescribedAs("50 mb; 1 mb for the sample images")
          .where(size -> size.getBytes() <= Integer.MAX_VALUE - 8, "must be below 2 gb")
          .describedAs("Larger objects become dead letters without being read.");

  static final JobOption<Duration> INPUT_DISCOVERY_INTERVAL =
      JobOption.ofDuration("input.discovery-interval")
          .defaultDescribedAs("none: the images that are there are read once")
          .positive()
          .describedAs("Time between listings for new images; with it the job never ends.");

  static final JobOption<Duration> INPUT_DISCOVERY_WINDOW =
      JobOption.ofDuration("input.discovery-window")
          .defaultTo(Duration.ofHours(1))
          .notNegative()
          .describedAs(
              "How much later than its modification time an image may appear; longer than the"
                  + " longest upload.");

  static final JobOption<String> MODEL_URL =
      JobOption.ofLocation("model.url")
          .defaultDescribedAs("the sample model for the sample images, otherwise " + Zoo.RESNET_18)
          .describedAs(
              "Folder or archive (.zip, .tar.gz) on any file system of Flink's, or djl:// for DJL's"
                  + " model zoo.");

  static final JobOption<String> MODEL_NAME =
      JobOption.ofString("model.name")
          .defaultDescribedAs("the model's own")
          .describedAs("Name of the model in the results.");

  static final JobOption<String> MODEL_VERSION =
      JobOption.ofString("model.version")
          .defaultDescribedAs("the model's own")
          .describedAs("Version of the model in the results.");

  static final JobOption<String> MODEL_SHA256 =
      JobOption.ofString("model.sha256")
          .defaultDescribedAs("not checked")
          .matching("[0-9a-f]{64}", "must be 64 hexadecimal digits in lower case")
          .describedAs("SHA-256 that the model's files must have; the job's README says of what.");

  static final JobOption<String> MODEL_CACHE =
      JobOption.ofString("model.cache-directory")
          .defaultDescribedAs("sluice-djl-USER in the system's temporary folder")
          .describedAs(
              "Local folder on each machine for PyTorch's native libraries, 450 MB; nobody else may"
                  + " write to it.");

  static final JobOption<Integer> BATCH_SIZE =
      JobOption.ofInt("batch.size")
          .defaultTo(16)
          .between(1, 256)
          .unit("images")
          .describedAs("Images in a forward pass at most.");

  static final JobOption<MemorySize> BATCH_BYTES =
      JobOption.ofMemorySize("batch.bytes")
          .defaultTo(MemorySize.ofMebiBytes(64))
          .positive()
          .describedAs("Bytes of image files that wait for a forward pass at most.");

  static final JobOption<Duration> BATCH_MAX_AGE =
      JobOption.ofDuration("batch.max-age")
          .defaultTo(Duration.ofMillis(500))
          .atLeast(Duration.ofMillis(1))
          .describedAs("Time that an image waits for others at most.");

  static final JobOption<Long> IMAGE_MAX_PIXELS =
      JobOption.ofLong("image.max-pixels")
          .defaultTo(100_000_000L)
          .positive()
          .unit("pixels")
          .describedAs("Images whose header says more become dead letters undecoded.");

  static final JobOption<Integer> RESULT_TOP_K =
      JobOption.ofInt("result.top-k")
          .defaultTo(5)
          .between(1, 1_000)
          .unit("classes")
          .describedAs("Most probable classes in a result.");

  static final JobOption<String> OUTPUT_PATH =
      JobOption.ofLocation("output.path")
          .defaultDescribedAs("a new folder below out/ in a local run; required on a cluster")
          .describedAs(
              "Folder for classifications/, dead-letters/ and, in a local run, the report.");

  static final JobOption<Boolean> OUTPUT_APPEND =
      JobOption.ofBoolean("output.append")
          .defaultTo(false)
          .describedAs(
              "Whether a local run may add to a folder that holds results already; otherwise it is"
                  + " refused, since images that are read again give a second result.");

  static final JobOption<MemorySize> DEAD_LETTER_MAX_PAYLOAD =
      JobOption.ofMemorySize("dead-letter.max-payload")
          .defaultTo(MemorySize.ofMebiBytes(1))
          .describedAs("Dead letters carry the bytes of images up to this; larger ones are named.");

  /** Every option, in the order of the tables. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(
              INPUT_PATH,
              INPUT_SUFFIXES,
              INPUT_PREFIX,
              INPUT_MAX_OBJECT_SIZE,
              INPUT_DISCOVERY_INTERVAL,
              INPUT_DISCOVERY_WINDOW),
          List.of(MODEL_URL, MODEL_NAME, MODEL_VERSION, MODEL_SHA256, MODEL_CACHE),
          List.of(BATCH_SIZE, BATCH_BYTES, BATCH_MAX_AGE, IMAGE_MAX_PIXELS, RESULT_TOP_K),
          List.of(OUTPUT_PATH, OUTPUT_APPEND, DEAD_LETTER_MAX_PAYLOAD),
          EnvironmentOptions.ALL);

  private ImageClassificationOptions() {}

  /** Pinned by group, artifact, version and name: without the name the zoo gives ResNet-50. */
  static final class Zoo {
    static final String SCHEME = "djl://";
    static final String RESNET_18 = SCHEME + "ai.djl.pytorch/resnet/0.0.1/traced_resnet18";

    private Zoo() {}
  }
}
