package dev.sluice.partitioning;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.IOUtils;

/** A small file that options name, on any file system of Flink's, read where main() runs. */
final class ConfigurationFile {
  private static final int BUFFER = 4096;

  private ConfigurationFile() {}

  static String read(String location) throws IOException {
    Path path = new Path(location);
    try (FSDataInputStream in = path.getFileSystem().open(path);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      IOUtils.copyBytes(in, bytes, BUFFER, false);
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
