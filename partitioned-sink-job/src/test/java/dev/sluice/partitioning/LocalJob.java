package dev.sluice.partitioning;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs the whole job in this process, from {@code in/} to {@code out/} of a folder. */
final class LocalJob {
  private final Path folder;

  LocalJob(Path folder) {
    this.folder = folder;
  }

  void input(String... records) throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/events.jsonl"), String.join("\n", records));
  }

  void run(String... options) throws Exception {
    JobArguments arguments = arguments(options);
    try (JobEnvironment env =
        JobEnvironment.create("partitioned-sink", arguments, ProgressLine.NONE)) {
      PartitionedSinkJob.assemble(env.streams(), new PartitionedSinkSettings(arguments));
      env.execute();
    }
  }

  JobArguments arguments(String... options) {
    return JobArguments.parse(words(options), PartitionedSinkOptions.ALL);
  }

  /** What stands on the command line: these options, and the usual folders unless they say so. */
  String[] words(String... options) {
    List<String> all = new ArrayList<>();
    if (Arrays.stream(options)
        .noneMatch(option -> option.matches("--(input.path|source.type).*"))) {
      all.add("--input.path=" + folder.resolve("in"));
    }
    if (Arrays.stream(options).noneMatch(option -> option.startsWith("--output.path"))) {
      all.add("--output.path=" + folder.resolve("out"));
    }
    all.add("--checkpoint.directory=" + folder.resolve("checkpoints"));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  /** Lines of finished objects by folder, below a folder of the output. */
  Map<String, List<String>> records(String below) throws IOException {
    Path root = folder.resolve("out").resolve(below).normalize();
    Map<String, List<String>> records = new TreeMap<>();
    for (Path object : objects(below)) {
      records
          .computeIfAbsent(
              root.relativize(object.getParent()).toString(), path -> new ArrayList<>())
          .addAll(Files.readAllLines(object));
    }
    return records;
  }

  /** Finished objects below a folder of the output. */
  List<Path> objects(String below) throws IOException {
    Path root = folder.resolve("out").resolve(below).normalize();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith("sluice-1-"))
          .toList();
    }
  }
}
