package dev.sluice.analytics;

import static dev.sluice.analytics.SqlAnalyticsOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.sql.TableBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.CatalogTable;

/**
 * The one place that names connectors: gives them to tables that their script declares without one,
 * as the options say. What {@code tables.TABLE.KEY} says wins over all else, the script included;
 * with {@code tables.TABLE.connector} nothing else counts.
 */
final class ConnectorBinding implements TableBinding {
  private static final String CONNECTOR = "connector";
  private static final String FORMAT = "format";
  private static final String JSON = "json";
  private static final String FILES = "filesystem";
  private static final String PATH = "path";

  /** A day of six and a half hours in some ten seconds. */
  private static final double SAMPLE_RATE = 500;

  private final JobArguments arguments;
  private final Places places;
  private final Map<String, String> perTable;
  private final Set<String> tables = new TreeSet<>();
  private final Set<String> operators = new TreeSet<>();
  private final Set<String> inputFolders = new TreeSet<>();
  private final Map<String, String> outputFolders = new TreeMap<>();

  ConnectorBinding(JobArguments arguments, Places places) {
    this.arguments = arguments;
    this.places = places;
    this.perTable = arguments.get(TABLES);
  }

  @Override
  public CatalogTable bind(String table, Role role, CatalogTable declared) {
    tables.add(table);
    Map<String, String> own = new LinkedHashMap<>();
    String prefix = table + ".";
    perTable.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            own.put(key.substring(prefix.length()), value);
          }
        });
    Map<String, String> options = new LinkedHashMap<>();
    if (!own.containsKey(CONNECTOR)) { // another connector has other options
      if (!declared.getOptions().containsKey(CONNECTOR)) {
        options.putAll(role == Role.SOURCE ? source(table, declared) : sink(table));
      }
      options.putAll(declared.getOptions());
    }
    options.putAll(own);
    if (!JSON.equals(options.get(FORMAT))) { // another format has other options
      options.keySet().removeIf(key -> key.startsWith(JSON + ".") && !own.containsKey(key));
    }
    if (OperatorTables.isOne(options.get(CONNECTOR))) {
      operators.add(table);
    }
    if (role == Role.SINK && FILES.equals(options.get(CONNECTOR)) && options.containsKey(PATH)) {
      outputFolders.put(table, options.get(PATH));
    }
    return declared.copy(options);
  }

  /** Keys of {@code tables.…} that are about no table of the scripts. */
  List<String> unused() {
    return perTable.keySet().stream()
        .filter(key -> tables.stream().noneMatch(table -> key.startsWith(table + ".")))
        .collect(Collectors.toList());
  }

  Set<String> tables() {
    return tables;
  }

  /** Tables that are operators of the job. */
  Set<String> operators() {
    return operators;
  }

  /** Of tables that are read from files because of the options. */
  List<String> inputFolders() {
    return List.copyOf(inputFolders);
  }

  /** Of tables that are written to files, by table; whoever has said so. */
  Map<String, String> outputFolders() {
    return Map.copyOf(outputFolders);
  }

  /** Of them those where {@code output.path} puts them. */
  List<String> foldersInOutput() {
    return outputFolders.entrySet().stream()
        .filter(table -> table.getValue().equals(folder(places.output, table.getKey())))
        .map(Map.Entry::getValue)
        .collect(Collectors.toList());
  }

  private Map<String, String> source(String table, CatalogTable declared) {
    switch (places.inputType) {
      case FILES:
        Map<String, String> files = json(needsOrder(declared) ? FileTableFactory.NAME : FILES);
        files.put(PATH, folder(places.input, table));
        if (!perTable.containsKey(table + ".path")) {
          inputFolders.add(folder(places.input, table));
        }
        return files;
      case KINESIS:
        Map<String, String> stream = kinesis(table);
        stream.put("scan.stream.initpos", arguments.get(START).name());
        return stream;
      case SAMPLE:
        Map<String, String> played = json(ReplayTableFactory.NAME);
        played.put("path", places.input);
        played.put("rate", arguments.find(RATE).orElse(SAMPLE_RATE).toString());
        return played;
      default:
        Map<String, String> ticks = new LinkedHashMap<>();
        ticks.put(CONNECTOR, TickTableFactory.NAME);
        ticks.put("ticks", arguments.get(TICKS).toString());
        ticks.put("seed", arguments.get(SEED).toString());
        arguments.find(RATE).ifPresent(rate -> ticks.put("rate", rate.toString()));
        return ticks;
    }
  }

  private Map<String, String> sink(String table) {
    switch (places.outputType) {
      case FILES:
        Map<String, String> files = json(FILES);
        files.put(PATH, folder(places.output, table));
        // Half an hour is the default, and until then nobody sees a row.
        files.put("sink.rolling-policy.rollover-interval", "1 min");
        files.put("sink.rolling-policy.check-interval", "10 s");
        return files;
      case KINESIS:
        return kinesis(table);
      default:
        return Map.of(CONNECTOR, "print", "print-identifier", table);
    }
  }

  private Map<String, String> kinesis(String table) {
    Map<String, String> options = json("kinesis");
    options.put("stream", arguments.get(STREAM_PREFIX) + table);
    options.put("aws.region", arguments.get(REGION));
    arguments.find(ENDPOINT).ifPresent(endpoint -> options.put("aws.endpoint", endpoint));
    arguments
        .find(SECRET_KEY)
        .ifPresent(
            secret -> {
              options.put("aws.credentials.provider", "BASIC");
              options.put(
                  "aws.credentials.basic.accesskeyid", arguments.find(ACCESS_KEY).orElse(""));
              options.put("aws.credentials.basic.secretkey", secret.reveal());
            });
    return options;
  }

  /** Flink's own connector has one watermark for all files, whatever it reads first. */
  private static boolean needsOrder(CatalogTable declared) {
    return !declared.getUnresolvedSchema().getWatermarkSpecs().isEmpty()
        && declared.getPartitionKeys().isEmpty();
  }

  private static Map<String, String> json(String connector) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(CONNECTOR, connector);
    options.put(FORMAT, JSON);
    options.put("json.timestamp-format.standard", "ISO-8601");
    return options;
  }

  private static String folder(String path, String table) {
    return path.endsWith("/") ? path + table : path + "/" + table;
  }
}
