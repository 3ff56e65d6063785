package dev.sluice.testing.sql;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;

/**
 * The embedded cluster that all tests of a JVM share, so that each costs a job and not a cluster.
 * It lives until the JVM ends. Thread-safe; one test at a time runs on it.
 */
final class SqlTestCluster {
  private static final int SLOTS = 4;
  private static final SqlTestCluster SHARED = new SqlTestCluster();

  private final MiniCluster cluster;

  private SqlTestCluster() {
    Configuration flink = new Configuration();
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot start the embedded cluster", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "sql-test-end"));
  }

  private void close() {
    cluster.closeAsync().join();
  }

  static SqlTestCluster shared() {
    return SHARED;
  }

  /**
   * An environment in which the same input gives the same output: no restarts, no timers of the
   * clock, a watermark right behind the row that makes it.
   */
  StreamExecutionEnvironment environment(Configuration more, int parallelism) {
    Configuration flink = new Configuration(more);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    flink.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ENABLED, false);
    return new TestStreamEnvironment(cluster, flink, parallelism, List.of(), List.of());
  }
}
