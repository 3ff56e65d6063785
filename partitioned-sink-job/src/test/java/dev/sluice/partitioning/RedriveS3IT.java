package dev.sluice.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.S3FileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The book of redrives in S3, where folders are prefixes. */
@Timeout(120)
class RedriveS3IT {
  private static LocalS3 s3;

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start().createBucket("lake");
    S3FileSystem.initialize(LocalS3.flinkConfiguration(s3.endpoint()));
  }

  @AfterAll
  static void stop() throws Exception {
    S3FileSystem.reset();
    s3.close();
  }

  @Test
  void eachObjectIsReadOnce() throws Exception {
    object("s3://lake/errors/a/1");
    object("s3://lake/errors/b/2");

    assertThat(redrive("s3://lake/errors/"))
        .containsExactly("s3://lake/errors/a/1", "s3://lake/errors/b/2");
    object("s3://lake/errors/b/3");
    assertThat(redrive("s3://lake/errors/b")).containsExactly("s3://lake/errors/b/3");
    assertThat(redrive("s3://lake/")).isEmpty();
    assertThat(redrive("s3://lake/errors/a/1")).isEmpty();
  }

  private static void object(String name) throws IOException {
    Path path = new Path(name);
    try (OutputStream out = path.getFileSystem().create(path, WriteMode.NO_OVERWRITE)) {
      out.write("{}".getBytes(UTF_8));
    }
  }

  private static List<String> redrive(String input) throws Exception {
    List<String> read = new ArrayList<>();
    new Redrive(
            JobArguments.parse(new String[0], PartitionedSinkOptions.ALL),
            List.of(input),
            System.out)
        .run(read::addAll);
    return read;
  }
}
