package dev.sluice.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.CompiledPlan;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions.UidGeneration;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions.CatalogPlanCompilation;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.delegation.InternalPlan;
import org.apache.flink.table.delegation.Planner;

/**
 * All INSERTs of a run as one compiled plan, which gives every operator the uid of its node.
 *
 * <p>Flink numbers nodes with a counter of the whole JVM, so the same script gets other numbers
 * when something was planned before it; this class numbers them from 1 in the order of the plan.
 * The plan holds schemas and no options of tables: neither secrets nor endpoints. Immutable.
 */
public final class SqlPlan {
  private static final JsonMapper JSON = new JsonMapper();

  /** Of an identifier as plans write it: {@code `catalog`.`database`.`table`}. */
  private static final Pattern LAST_NAME = Pattern.compile("`((?:[^`]|``)+)`$");

  private final String json;

  private SqlPlan(String json) {
    this.json = json;
  }

  /** What an environment needs so that plans hold no options, and each operator a uid. */
  public static Configuration configuration() {
    Configuration flink = new Configuration();
    flink.set(TableConfigOptions.PLAN_COMPILE_CATALOG_OBJECTS, CatalogPlanCompilation.SCHEMA);
    flink.set(ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION, UidGeneration.ALWAYS);
    return flink;
  }

  /**
   * Plans INSERTs as one statement set.
   *
   * @param tables the environment that they were understood in, made with {@link #configuration}
   */
  public static SqlPlan compile(TableEnvironment tables, List<SqlInsert> inserts) {
    CompiledPlan plan =
        ((TableEnvironmentInternal) tables)
            .compilePlan(inserts.stream().map(SqlInsert::operation).collect(Collectors.toList()));
    return new SqlPlan(numbered(plan.asJsonString()));
  }

  /** A plan that was written before. */
  public static SqlPlan of(String json) {
    return new SqlPlan(json);
  }

  /** For a file. */
  public String json() {
    return json;
  }

  /** Tables that it writes, without catalog and database, by the number of their node. */
  public Map<Integer, String> sinks() {
    Map<Integer, String> tables = new LinkedHashMap<>();
    try {
      for (JsonNode node : JSON.readTree(json).path("nodes")) {
        String table = node.at("/dynamicTableSink/table/identifier").asText();
        Matcher last = LAST_NAME.matcher(table);
        if (last.find()) {
          tables.put(node.path("id").asInt(), last.group(1).replace("``", "`"));
        }
      }
    } catch (JsonProcessingException e) {
      throw new TableException("The compiled plan is no JSON", e);
    }
    return tables;
  }

  /**
   * Adds the plan's operators, and the JARs of their functions, to the environment that the table
   * environment was made of.
   *
   * @param name of the plan, for messages
   * @throws InvalidScriptException if it does not fit the tables that there are, or this version of
   *     Flink
   */
  public void addTo(
      TableEnvironment tables, StreamExecutionEnvironment streams, String name, Secrets secrets)
      throws InvalidScriptException {
    try {
      Planner planner = ((TableEnvironmentImpl) tables).getPlanner();
      InternalPlan plan = planner.loadPlan(PlanReference.fromJsonString(json));
      planner.translatePlan(plan).forEach(streams::addOperator);
      addJars(EnvironmentParts.of((TableEnvironmentInternal) tables).jars(), streams);
    } catch (IOException | RuntimeException e) {
      throw new InvalidScriptException(
          List.of(
              ScriptProblem.of(
                  name, "The plan cannot be used: " + FlinkMessage.of(e, secrets).text)));
    }
  }

  /** Flink does this where it executes statements itself. */
  private static void addJars(Set<URL> jars, StreamExecutionEnvironment streams) {
    if (!jars.isEmpty()) {
      Set<String> all = new LinkedHashSet<>();
      streams.getConfiguration().getOptional(PipelineOptions.JARS).ifPresent(all::addAll);
      jars.forEach(jar -> all.add(jar.toString()));
      streams.configure(new Configuration().set(PipelineOptions.JARS, List.copyOf(all)));
    }
  }

  private static String numbered(String plan) {
    try {
      JsonNode root = JSON.readTree(plan);
      Map<Integer, Integer> numbers = new LinkedHashMap<>();
      for (JsonNode node : root.get("nodes")) {
        int number = numbers.size() + 1;
        numbers.put(node.get("id").asInt(), number);
        ((ObjectNode) node).put("id", number);
      }
      for (JsonNode edge : root.get("edges")) {
        ObjectNode both = (ObjectNode) edge;
        both.put("source", numbers.get(both.get("source").asInt()));
        both.put("target", numbers.get(both.get("target").asInt()));
      }
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new TableException("Flink's compiled plan is no JSON", e);
    }
  }
}
