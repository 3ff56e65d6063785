package dev.sluice.e2e;

import dev.sluice.local.fault.FaultProxy;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkClusterBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/**
 * A real cluster of one JobManager and two TaskManagers that reads and writes a local S3 server
 * through a fault proxy, and the shaded JAR of one job.
 */
final class S3Cluster implements AutoCloseable {
  final LocalS3 s3;
  final FaultProxy proxy;
  final FlinkCluster cluster;
  final String jarId;
  private final Path work;

  /**
   * @param module folder of the job, with its JAR as built
   * @param settings of the cluster
   */
  S3Cluster(Path work, long seed, String module, UnaryOperator<FlinkClusterBuilder> settings)
      throws Exception {
    this.work = work;
    s3 = LocalS3.start();
    proxy = FaultProxy.start(s3.endpoint(), seed);
    Configuration files = LocalS3.flinkConfiguration(proxy.endpoint());
    // S3A waits seconds between its tries; here they may follow each other.
    files.setString("fs.s3a.retry.throttle.interval", "20ms");
    files.setString("fs.s3a.retry.interval", "20ms");
    FlinkClusterBuilder builder =
        FlinkCluster.in(work.resolve("cluster"))
            .slots(2)
            .set(files)
            .set("restart-strategy.type", "fixed-delay")
            .set("restart-strategy.fixed-delay.attempts", "1000")
            .set("restart-strategy.fixed-delay.delay", "200 ms");
    cluster = settings.apply(builder).start();
    jarId = cluster.rest().upload(shadedJar(module));
  }

  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("sample-data/README.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static Path shadedJar(String module) throws IOException {
    Path target = repository().resolve(module + "/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-shaded.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No shaded JAR in '" + target + "'"));
    }
  }

  /** Crash logs of all processes: they run in the work folder. */
  List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    }
  }

  @Override
  public void close() throws Exception {
    cluster.close();
    proxy.close();
    s3.close();
  }
}
