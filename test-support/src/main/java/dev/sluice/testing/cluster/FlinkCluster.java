package dev.sluice.testing.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Flink cluster: one JobManager process and any number of TaskManager processes, from the
 * distribution that {@code test-support/flink-distribution} makes, with the S3 plugin.
 *
 * <p>All ports are free ones of the loopback interface. Configuration, logs, uploads and, unless
 * configured otherwise, checkpoints and savepoints are in the work folder, which is left as it is.
 * {@link #close()} ends every process, and so does the end of this JVM, unless that is killed with
 * SIGKILL. There is no high availability: after {@link #restartJobManager()} the jobs are gone, and
 * are run again from {@link #newestCheckpoint}. A process starts in 4 to 6 s of CPU. Thread-safe.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Pattern REST_PORT =
      Pattern.compile("Rest endpoint listening at [^:\\s]+:(\\d+)");
  private static final Pattern RPC_PORT =
      Pattern.compile("Actor system started at pekko\\.tcp://flink@[^:\\s]+:(\\d+)");

  private final FlinkLauncher launcher;
  private final int slots;
  private final Path work;
  private final List<FlinkProcess> processes = new CopyOnWriteArrayList<>();
  private final Thread hook = new Thread(() -> processes.forEach(FlinkProcess::killNow));
  private final FlinkRest rest = new FlinkRest(this::restAddress, this::describe);
  private volatile FlinkProcess jobManager;
  private volatile String restPort = "";
  private String rpcPort = "0";
  private int jobManagers;
  private int taskManagers;

  private FlinkCluster(FlinkClusterBuilder builder) throws Exception {
    work = builder.work;
    slots = builder.slots;
    launcher =
        new FlinkLauncher(
            builder.distribution, work, builder.effectiveConfiguration(), builder.jvmOptions);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      jobManager = launchJobManager();
      for (int i = 0; i < builder.taskManagers; i++) {
        startTaskManager();
      }
      awaitSlots(START_LIMIT);
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /** A cluster of two TaskManagers with two slots each, that writes below the folder. */
  public static FlinkClusterBuilder in(Path work) {
    return new FlinkClusterBuilder(work);
  }

  static FlinkCluster start(FlinkClusterBuilder builder) throws Exception {
    return new FlinkCluster(builder);
  }

  public FlinkRest rest() {
    return rest;
  }

  /** A file per process and, beside it, its standard output. */
  public Path logs() {
    return launcher.logs();
  }

  public Path work() {
    return work;
  }

  public FlinkProcess jobManager() {
    return jobManager;
  }

  /** Those that live, in the order of their start. */
  public List<FlinkProcess> taskManagers() {
    return processes.stream()
        .filter(each -> each != jobManager && each.isAlive())
        .collect(Collectors.toList());
  }

  /** Uploads the JAR and runs it at the given parallelism. */
  public FlinkJob run(Path jar, String mainClass, int parallelism, String... arguments)
      throws IOException, InterruptedException {
    return run(rest.upload(jar), mainClass, parallelism, null, List.of(arguments));
  }

  /**
   * Runs a JAR that {@link FlinkRest#upload} has uploaded.
   *
   * @param savepoint path of a savepoint or checkpoint to start from; null starts without state.
   *     State that no operator takes is an error.
   */
  public FlinkJob run(
      String jarId,
      String mainClass,
      int parallelism,
      @Nullable String savepoint,
      List<String> arguments)
      throws IOException, InterruptedException {
    ObjectNode body = FlinkRest.object("entryClass", mainClass).put("parallelism", parallelism);
    arguments.forEach(body.putArray("programArgsList")::add);
    if (savepoint != null) {
      body.put("savepointPath", savepoint).put("allowNonRestoredState", false);
    }
    return job(rest.post("/jars/" + jarId + "/run", body).path("jobid").asText());
  }

  public FlinkJob job(String id) {
    return new FlinkJob(rest, id);
  }

  /** Starts one more; {@link #awaitSlots} waits until it has registered. */
  public synchronized FlinkProcess startTaskManager() throws IOException {
    String name = "taskmanager-" + ++taskManagers;
    FlinkProcess process =
        launcher.taskManager(
            name, List.of("jobmanager.rpc.port=" + rpcPort, "taskmanager.resource-id=" + name));
    processes.add(process);
    return process;
  }

  /** SIGKILL to one of the TaskManagers that run a vertex whose name contains the text. */
  public FlinkProcess killTaskManager(FlinkJob job, String vertexPart)
      throws IOException, InterruptedException {
    var names = job.taskManagers(vertexPart);
    for (FlinkProcess process : taskManagers()) {
      if (names.contains(process.name())) {
        process.kill();
        return process;
      }
    }
    throw new IllegalStateException(
        "No TaskManager runs '" + vertexPart + "' of " + job + ", but '" + names + "' do");
  }

  /** SIGKILL to the JobManager, if it lives, and a new one at the same address for TaskManagers. */
  public synchronized void restartJobManager() throws Exception {
    jobManager.kill();
    jobManager = launchJobManager();
    awaitSlots(START_LIMIT);
  }

  /** Returns when the slots of all living TaskManagers are registered. */
  public void awaitSlots(Duration limit) throws Exception {
    Await.until(
        "the slots of all TaskManagers",
        limit,
        () -> {
          requireAlive(jobManager);
          int wanted = taskManagers().size() * slots;
          return rest.get("/overview").path("slots-total").asInt() == wanted;
        });
  }

  /**
   * The newest complete checkpoint of a job in the work folder; none if checkpoints are elsewhere.
   */
  public Optional<String> newestCheckpoint(String jobId) throws IOException {
    Path folder = FlinkClusterBuilder.checkpoints(work).resolve(jobId);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> Files.exists(each.resolve("_metadata")))
          .max((a, b) -> Long.compare(number(a), number(b)))
          .map(each -> each.toUri().toString());
    }
  }

  /** A paragraph per process: alive or not, its log, its last errors. */
  public String describe() {
    return processes.stream().map(FlinkProcess::describe).collect(Collectors.joining("\n  "));
  }

  @Override
  public void close() throws InterruptedException {
    List<FlinkProcess> reverse = new ArrayList<>(processes);
    Collections.reverse(reverse);
    for (FlinkProcess process : reverse) {
      process.stop();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the JVM is ending, and the hook at work
    }
  }

  private FlinkProcess launchJobManager() throws Exception {
    String name = "jobmanager-" + ++jobManagers;
    FlinkProcess process = launcher.jobManager(name, List.of("jobmanager.rpc.port=" + rpcPort));
    processes.add(process);
    rpcPort = port(process, RPC_PORT);
    restPort = port(process, REST_PORT);
    return process;
  }

  private String port(FlinkProcess process, Pattern pattern) throws Exception {
    return Await.value(
        process + " to say '" + pattern + "'",
        START_LIMIT,
        () -> {
          requireAlive(process);
          return process.find(pattern);
        });
  }

  private void requireAlive(FlinkProcess process) {
    if (!process.isAlive()) {
      throw new IllegalStateException("A process of the cluster ended:\n  " + describe());
    }
  }

  private URI restAddress() {
    return URI.create("http://127.0.0.1:" + restPort);
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replaceAll("\\D", ""));
  }
}
