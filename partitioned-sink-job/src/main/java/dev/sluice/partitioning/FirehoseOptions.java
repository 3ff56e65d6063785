package dev.sluice.partitioning;

import static dev.sluice.partitioning.PartitioningOptions.FIREHOSE;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.IOUtils;

/** Puts the file of {@code firehose.configuration} below all other places of options. Stateless. */
final class FirehoseOptions {
  private static final int BUFFER = 4096;

  private FirehoseOptions() {}

  static JobArguments over(JobArguments arguments) {
    String file = arguments.find(FIREHOSE).orElse("");
    if (file.isEmpty()) {
      return arguments;
    }
    try {
      Map<String, String> options = FirehoseConfiguration.options(read(file));
      return arguments.over(options, Origin.foreignFile(file));
    } catch (IOException e) {
      arguments.check(
          problems -> problems.require(false, FIREHOSE, "cannot be read: " + e.getMessage()));
    } catch (FirehoseConfiguration.UnsupportedException e) {
      arguments.check(
          problems -> problems.require(false, FIREHOSE, String.valueOf(e.getMessage())));
    }
    return arguments;
  }

  private static String read(String file) throws IOException {
    Path path = new Path(file);
    try (FSDataInputStream in = path.getFileSystem().open(path);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      IOUtils.copyBytes(in, bytes, BUFFER, false);
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
