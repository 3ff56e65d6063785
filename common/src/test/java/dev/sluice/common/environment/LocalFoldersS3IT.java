package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.LocalS3;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a process of its own, which has the S3 plugin as a local run has it. */
@Timeout(120)
class LocalFoldersS3IT {
  private List<String> printed = List.of();

  @Test
  void looksThroughTheS3Plugin() throws Exception {
    try (LocalS3 s3 = LocalS3.start().createBucket("photos").createBucket("results")) {
      s3.put("photos", "in/a.jpg", "a".getBytes(StandardCharsets.UTF_8));
      s3.put("results", "old/2026-11-23/part-0", "{}".getBytes(StandardCharsets.UTF_8));

      int found = look(s3.endpoint(), "s3://photos/in", "s3://results/new");

      assertThat(found).as("%s", printed).isZero();
      assertThat(printed).contains(LookingJob.LOOKED);

      assertThat(look(s3.endpoint(), "s3://photos/out,s3://fotos/in", "s3://results/old"))
          .isEqualTo(2);
      assertThat(printed)
          .anyMatch(line -> line.contains("'s3://photos/out' does not: check the spelling"))
          .anyMatch(line -> line.contains("that of 's3://fotos/in' does not: check its name"))
          .anyMatch(line -> line.contains("'s3://results/old/2026-11-23/part-0': choose"));
    }
  }

  @Test
  void anEndpointThatRefusesConnectionsIsNamed() throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    assertThat(look(nobody, "s3://photos/in", "s3://results/new")).isEqualTo(1);

    assertThat(printed)
        .anyMatch(
            line ->
                line.startsWith("Error: Cannot look at 's3://photos/in' of option 'input.path'")
                    && line.contains("at endpoint '" + nobody + "'")
                    && line.contains("refused"));
  }

  @Test
  void anEndpointThatNeverAnswersIsNamed() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());

      assertThat(look(endpoint, "s3://photos/in", "s3://results/new")).isEqualTo(1);

      assertThat(printed)
          .anyMatch(
              line ->
                  line.startsWith("Error: Cannot look at 's3://photos/in' of option 'input.path'")
                      && line.contains("at endpoint '" + endpoint + "'"));
    }
  }

  private int look(URI endpoint, String input, String output) throws Exception {
    try (MainProcess process =
        MainProcess.start(
            LookingJob.class,
            "--input.path=" + input,
            "--output.path=" + output,
            "--flink.s3.endpoint=" + endpoint,
            "--flink.s3.path.style.access=true",
            "--flink.s3.access-key=" + LocalS3.ACCESS_KEY,
            "--flink.s3.secret-key=" + LocalS3.SECRET_KEY)) {
      printed = process.rest();
      return process.exitCode();
    }
  }
}
