package dev.sluice.testing.cluster;

import dev.sluice.local.BuildFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** What a {@link FlinkCluster} is made of. Not thread-safe. */
public final class FlinkClusterBuilder {
  final Path work;
  final List<String> jvmOptions =
      new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
  Path distribution;
  int taskManagers = 2;
  int slots = 2;
  private final Map<String, String> configuration = new TreeMap<>();

  FlinkClusterBuilder(Path work) {
    this.work = work.toAbsolutePath();
    distribution =
        BuildFolder.find(
            "sluice.flink-distribution", "test-support/flink-distribution", "target/flink");
    memory("1024m", "1280m");
  }

  public FlinkClusterBuilder taskManagers(int count) {
    taskManagers = count;
    return this;
  }

  /** Slots of each TaskManager. */
  public FlinkClusterBuilder slots(int count) {
    slots = count;
    return this;
  }

  /**
   * Size of each process as Flink counts it: {@code "1024m"}, with heap, metaspace and the rest.
   */
  public FlinkClusterBuilder memory(String jobManager, String taskManager) {
    set("jobmanager.memory.process.size", jobManager);
    return set("taskmanager.memory.process.size", taskManager);
  }

  /** Any key of Flink; it wins over what the cluster would set. */
  public FlinkClusterBuilder set(String key, String value) {
    configuration.put(key, value);
    return this;
  }

  /** All keys, as of {@code LocalS3.flinkConfiguration()}. */
  public FlinkClusterBuilder set(Configuration keys) {
    configuration.putAll(keys.toMap());
    return this;
  }

  /** Behind the JVM options of all processes: {@code -XX:TieredStopAtLevel=4} for speed. */
  public FlinkClusterBuilder jvmOption(String option) {
    jvmOptions.add(option);
    return this;
  }

  /** Another folder with {@code lib/} and {@code plugins/}. */
  public FlinkClusterBuilder distribution(Path folder) {
    distribution = folder.toAbsolutePath();
    return this;
  }

  /**
   * Returns when all TaskManagers have registered.
   *
   * @throws IllegalStateException if a process ends before that, with its last errors
   */
  public FlinkCluster start() throws Exception {
    return FlinkCluster.start(this);
  }

  static Path checkpoints(Path work) {
    return work.resolve("checkpoints");
  }

  Map<String, String> effectiveConfiguration() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String key : List.of("jobmanager.rpc.address", "rest.address", "taskmanager.host")) {
      all.put(key, "127.0.0.1");
    }
    for (String key :
        List.of("jobmanager.bind-host", "rest.bind-address", "taskmanager.bind-host")) {
      all.put(key, "127.0.0.1");
    }
    all.put("jobmanager.rpc.port", "0");
    all.put("rest.port", "0");
    all.put("rest.bind-port", "0");
    all.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    all.put("taskmanager.memory.jvm-metaspace.size", "192m");
    all.put("taskmanager.memory.network.min", "64m");
    all.put("taskmanager.memory.network.max", "64m");
    all.put("state.checkpoints.dir", folder(checkpoints(work)).toUri().toString());
    all.put("state.savepoints.dir", folder(work.resolve("savepoints")).toUri().toString());
    all.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    all.put("io.tmp.dirs", folder(work.resolve("tmp")).toString());
    all.put("web.upload.dir", folder(work.resolve("upload")).toString());
    // A dead TaskManager is noticed in 1.5 s, and what REST says is at most 0.2 s old.
    all.put("heartbeat.interval", "1000");
    all.put("heartbeat.timeout", "5000");
    all.put("cluster.registration.error-delay", "300");
    all.put("cluster.registration.initial-timeout", "500");
    all.put("web.refresh-interval", "200");
    all.put("metrics.fetcher.update-interval", "500");
    all.put("cluster.evenly-spread-out-slots", "true");
    all.putAll(configuration);
    return all;
  }

  private static Path folder(Path path) throws IOException {
    return Files.createDirectories(path);
  }
}
