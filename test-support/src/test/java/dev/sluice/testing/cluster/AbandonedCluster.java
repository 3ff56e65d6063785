package dev.sluice.testing.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.stream.Collectors;

/** A test run that ends without closing its cluster. */
final class AbandonedCluster {
  private AbandonedCluster() {}

  /** Arguments: work folder, and a file for the ids of the processes. */
  public static void main(String[] args) throws Exception {
    Path ids = Paths.get(args[1]);
    FlinkCluster cluster = FlinkCluster.in(Paths.get(args[0])).taskManagers(1).start();
    String text =
        cluster.jobManager().pid()
            + "\n"
            + cluster.taskManagers().stream()
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining("\n"));
    Files.writeString(ids, text);
    System.exit(3);
  }
}
