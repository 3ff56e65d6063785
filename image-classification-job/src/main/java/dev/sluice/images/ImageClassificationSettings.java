package dev.sluice.images;

import static dev.sluice.images.ImageClassificationOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.LocalFolders;
import dev.sluice.common.environment.SampleData;
import dev.sluice.common.source.file.FileObjectSource;
import dev.sluice.common.source.file.FileObjectSourceBuilder;
import dev.sluice.common.source.file.OutputUnderInput;
import dev.sluice.images.inference.ModelSource;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;

/** What the job is started with, checked. */
final class ImageClassificationSettings {
  private static final MemorySize MAX_OBJECT_SIZE = MemorySize.ofMebiBytes(50);
  private static final MemorySize SAMPLE_MAX_OBJECT_SIZE = MemorySize.ofMebiBytes(1);

  final List<String> inputs;
  final List<String> suffixes;
  final String prefix;
  final MemorySize maxObjectSize;
  final Optional<Duration> discoveryInterval;
  final Duration discoveryWindow;
  final ModelSource model;
  final String modelCache;
  final Inference inference;
  final String output;
  final boolean appends;

  /** Rules between options: the output does not lie under the input, which a cluster must name. */
  ImageClassificationSettings(JobArguments arguments) {
    boolean sample = arguments.find(INPUT_PATH).isEmpty();
    inputs = arguments.find(INPUT_PATH).orElseGet(() -> List.of(sampleData("images").orElse("")));
    output = arguments.find(OUTPUT_PATH).orElseGet(() -> newFolder().orElse(""));
    appends =
        arguments.get(OUTPUT_APPEND)
            || arguments.flink().getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
    suffixes = arguments.get(INPUT_SUFFIXES);
    prefix = arguments.find(INPUT_PREFIX).orElse("");
    maxObjectSize =
        arguments
            .find(INPUT_MAX_OBJECT_SIZE)
            .orElse(sample ? SAMPLE_MAX_OBJECT_SIZE : MAX_OBJECT_SIZE);
    discoveryInterval = arguments.find(INPUT_DISCOVERY_INTERVAL);
    discoveryWindow = arguments.get(INPUT_DISCOVERY_WINDOW);
    model = model(arguments, sample);
    modelCache =
        arguments.find(MODEL_CACHE).orElseGet(ImageClassificationSettings::cacheOfThisUser);
    inference =
        new Inference(
            arguments.get(BATCH_SIZE),
            arguments.get(BATCH_BYTES).getBytes(),
            arguments.get(BATCH_MAX_AGE),
            arguments.get(IMAGE_MAX_PIXELS),
            arguments.get(RESULT_TOP_K),
            arguments.get(DEAD_LETTER_MAX_PAYLOAD).getBytes());
    check(arguments);
  }

  private void check(JobArguments arguments) {
    arguments.check(
        problems -> {
          boolean named = !inputs.contains("") && !output.isEmpty();
          problems
              .require(
                  !inputs.contains(""), INPUT_PATH, "must be set: there is no sample data here")
              .require(!output.isEmpty(), OUTPUT_PATH, "must be set: this is no local run");
          for (String input : inputs) {
            problems.require(
                !named || !OutputUnderInput.check(output, input),
                OUTPUT_PATH,
                "must not lie under the input '" + input + "', or the job reads what it writes",
                INPUT_PATH);
          }
        });
  }

  private static ModelSource model(JobArguments arguments, boolean sample) {
    String standard =
        sample ? sampleData("models/resnet18-shapes").orElse(Zoo.RESNET_18) : Zoo.RESNET_18;
    return new ModelSource(
        arguments.find(MODEL_URL).orElse(standard),
        arguments.find(MODEL_NAME).orElse(null),
        arguments.find(MODEL_VERSION).orElse(null),
        arguments.find(MODEL_SHA256).orElse(null));
  }

  /** Only where main() runs is it the machine that the tasks run on. */
  private static Optional<String> sampleData(String name) {
    return JobEnvironment.isLocalRun()
        ? SampleData.find(name).map(folder -> folder.toUri().toString())
        : Optional.empty();
  }

  private static String cacheOfThisUser() {
    String name = "sluice-djl-" + System.getProperty("user.name");
    return Paths.get(System.getProperty("java.io.tmpdir"), name).toString();
  }

  /** Below {@code out/} of the repository, named by the time, so that no run meets another's. */
  private static Optional<String> newFolder() {
    String name =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
    return SampleData.home()
        .filter(home -> JobEnvironment.isLocalRun())
        .map(home -> home.resolve(Path.of("out", "image-classification", name)).toUri().toString());
  }

  FileObjectSource source() {
    FileObjectSourceBuilder builder =
        FileObjectSource.builder(
                inputs.stream()
                    .map(org.apache.flink.core.fs.Path::new)
                    .collect(Collectors.toList()))
            .suffixes(suffixes)
            .prefix(prefix)
            .maxObjectBytes(maxObjectSize.getBytes());
    discoveryInterval.ifPresent(interval -> builder.monitor(interval, discoveryWindow));
    return builder.build();
  }

  /** What is to be looked at before a local run starts. */
  LocalFolders folders(JobArguments arguments) {
    LocalFolders folders = new LocalFolders(arguments);
    if (discoveryInterval.isPresent()) {
      folders.mayCome(INPUT_PATH, inputs);
    } else {
      folders.thereIs(INPUT_PATH, inputs);
    }
    if (!model.url.startsWith(Zoo.SCHEME)) {
      folders.thereIs(MODEL_URL, List.of(model.url));
    }
    if (!appends) {
      folders.holdsNothing(
          OUTPUT_PATH,
          List.of(classifications().toString(), deadLetters().toString()),
          "choose another folder, or add to this one with --output.append=true");
    }
    return folders;
  }

  org.apache.flink.core.fs.Path classifications() {
    return new org.apache.flink.core.fs.Path(output, "classifications");
  }

  org.apache.flink.core.fs.Path deadLetters() {
    return new org.apache.flink.core.fs.Path(output, "dead-letters");
  }

  org.apache.flink.core.fs.Path report() {
    return new org.apache.flink.core.fs.Path(output, "report.html");
  }
}
