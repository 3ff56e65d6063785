package dev.sluice.testing.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job on a {@link FlinkCluster}, over REST.
 *
 * <p>States are Flink's: {@code RUNNING}, {@code FINISHED}, {@code CANCELED}, {@code FAILED},
 * {@code RESTARTING}. Each wait ends at once, with the job's exception and the last errors in the
 * logs, when the job reaches an end that was not asked for. Thread-safe.
 */
public final class FlinkJob {
  private static final Set<String> ENDS = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

  private final FlinkRest rest;
  private final String id;

  FlinkJob(FlinkRest rest, String id) {
    this.rest = rest;
    this.id = id;
  }

  /** 32 hexadecimal digits. */
  public String id() {
    return id;
  }

  public String state() throws IOException, InterruptedException {
    return details().path("state").asText();
  }

  public void awaitState(String wanted, Duration limit) throws Exception {
    await("job " + id + " to be " + wanted, limit, wanted, () -> state().equals(wanted));
  }

  /** Returns when all tasks run, not only the job, or have finished their input. */
  public void awaitAllTasksRunning(Duration limit) throws Exception {
    await("all tasks of job " + id + " to run", limit, "FINISHED", this::allTasksRun);
  }

  public void awaitCheckpoints(long count, Duration limit) throws Exception {
    await(
        count + " completed checkpoints of job " + id,
        limit,
        "",
        () -> completedCheckpoints() >= count);
  }

  /** Returns when one more checkpoint than now has completed. */
  public void awaitNextCheckpoint(Duration limit) throws Exception {
    awaitCheckpoints(completedCheckpoints() + 1, limit);
  }

  /** Completed checkpoints since the job was submitted. */
  public long completedCheckpoints() throws IOException, InterruptedException {
    return checkpoints().path("counts").path("completed").asLong();
  }

  /** Restores from a checkpoint or savepoint since the job was submitted. */
  public long restores() throws IOException, InterruptedException {
    return checkpoints().path("counts").path("restored").asLong();
  }

  /** The whole of {@code /jobs/:id/checkpoints}. */
  public JsonNode checkpoints() throws IOException, InterruptedException {
    return rest.get("/jobs/" + id + "/checkpoints");
  }

  /** The whole of {@code /jobs/:id}. */
  public JsonNode details() throws IOException, InterruptedException {
    return rest.get("/jobs/" + id);
  }

  /** The newest exception that made the job restart or fail. */
  public Optional<String> exception() throws IOException, InterruptedException {
    JsonNode entries =
        rest.get("/jobs/" + id + "/exceptions").path("exceptionHistory").path("entries");
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(entries.get(0).path("stacktrace").asText());
  }

  /**
   * The sum, over subtasks and operators, of the metrics with this name in the vertices whose name
   * contains the text. Metrics reach the JobManager some seconds late: await a value.
   */
  public double metric(String vertexPart, String name) throws IOException, InterruptedException {
    double sum = 0;
    for (JsonNode vertex : details().path("vertices")) {
      if (vertex.path("name").asText().contains(vertexPart)) {
        String path =
            "/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
        for (JsonNode metric : rest.get(path)) {
          String full = metric.path("id").asText();
          if (full.equals(name) || full.endsWith("." + name)) {
            String query = URLEncoder.encode(full, StandardCharsets.UTF_8);
            sum += rest.get(path + "?agg=sum&get=" + query).path(0).path("sum").asDouble();
          }
        }
      }
    }
    return sum;
  }

  /** Names of the TaskManagers that run tasks of the vertices whose name contains the text. */
  public Set<String> taskManagers(String vertexPart) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (JsonNode vertex : details().path("vertices")) {
      if (vertex.path("name").asText().contains(vertexPart)) {
        String path = "/jobs/" + id + "/vertices/" + vertex.path("id").asText();
        rest.get(path)
            .path("subtasks")
            .forEach(subtask -> names.add(subtask.path("taskmanager-id").asText()));
      }
    }
    return names;
  }

  /** Writes a savepoint, lets the job run on, and returns the savepoint's path. */
  public String savepoint(Duration limit) throws Exception {
    ObjectNode body = FlinkRest.JSON.createObjectNode().put("cancel-job", false);
    return trigger("/savepoints", body, limit);
  }

  /** Stops at a savepoint, whose path it returns; the input is not at its end. */
  public String stopWithSavepoint(Duration limit) throws Exception {
    return stop(false, limit);
  }

  /** The same, but sends the last watermark first: windows fire and the end is final. */
  public String drainWithSavepoint(Duration limit) throws Exception {
    return stop(true, limit);
  }

  public void cancel(Duration limit) throws Exception {
    rest.patch("/jobs/" + id + "?mode=cancel");
    awaitState("CANCELED", limit);
  }

  @Override
  public String toString() {
    return "job " + id;
  }

  private String stop(boolean drain, Duration limit) throws Exception {
    ObjectNode body = FlinkRest.JSON.createObjectNode().put("drain", drain);
    String path = trigger("/stop", body, limit);
    awaitState("FINISHED", limit);
    return path;
  }

  private String trigger(String path, ObjectNode body, Duration limit) throws Exception {
    String request = rest.post("/jobs/" + id + path, body).path("request-id").asText();
    return Await.value(
        "savepoint of job " + id,
        limit,
        () -> {
          JsonNode answer = rest.get("/jobs/" + id + "/savepoints/" + request);
          JsonNode operation = answer.path("operation");
          if (operation.has("failure-cause")) {
            throw new IllegalStateException(
                "Savepoint of job "
                    + id
                    + " failed: "
                    + operation.path("failure-cause").path("stack-trace").asText()
                    + "\n"
                    + rest.diagnosis());
          }
          String location = operation.path("location").asText("");
          return location.isEmpty() ? Optional.empty() : Optional.of(location);
        });
  }

  private boolean allTasksRun() throws IOException, InterruptedException {
    JsonNode vertices = details().path("vertices");
    for (JsonNode vertex : vertices) {
      JsonNode tasks = vertex.path("tasks");
      if (tasks.path("RUNNING").asInt() + tasks.path("FINISHED").asInt()
          < vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return !vertices.isEmpty();
  }

  private void await(String what, Duration limit, String end, Await.Condition condition)
      throws Exception {
    try {
      Await.until(
          what,
          limit,
          () -> {
            if (condition.isMet()) {
              return true;
            }
            String state = state();
            if (ENDS.contains(state) && !state.equals(end)) {
              throw new IllegalStateException(
                  "Awaited "
                      + what
                      + ", but it is "
                      + state
                      + ": "
                      + exception().orElse("")
                      + "\n"
                      + rest.diagnosis());
            }
            return false;
          });
    } catch (Await.AwaitFailedException e) {
      throw new IllegalStateException(
          e.getMessage()
              + "; the job is "
              + state()
              + ": "
              + exception().orElse("no exception")
              + "\n"
              + rest.diagnosis(),
          e);
    }
  }
}
