package dev.sluice.benchmarks.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A script with the connectors of its two tables: what the job and a bare environment both get.
 *
 * @param sink the table that is written
 * @param source options of the table {@code ticks}
 * @param target options of the sink
 */
record SqlRunOptions(
    String script,
    String sink,
    Map<String, String> variables,
    Map<String, String> source,
    Map<String, String> target,
    Path checkpoints,
    Duration interval) {

  static SqlRunOptions of(
      Query query, long ticks, long seed, Path output, Path checkpoints, Duration interval) {
    Map<String, String> source = json(JsonTickTableFactory.NAME);
    source.put(JsonTickTableFactory.RECORDS.key(), Long.toString(ticks));
    source.put(JsonTickTableFactory.PER_DAY.key(), Long.toString(query.ticksPerDay));
    source.put(JsonTickTableFactory.SEED.key(), Long.toString(seed));
    Map<String, String> target = json("filesystem");
    target.put("path", output.toUri().toString());
    target.put("sink.rolling-policy.rollover-interval", "1 min"); // as the job has them
    target.put("sink.rolling-policy.check-interval", "10 s");
    return new SqlRunOptions(
        query.script, query.sink, query.variables(), source, target, checkpoints, interval);
  }

  static SqlRunOptions of(
      Form form, PriceShape shape, int openRows, long rows, Path checkpoints, Duration interval) {
    Map<String, String> source =
        Map.of(
            "connector",
            DropTickTableFactory.NAME,
            DropTickTableFactory.RECORDS.key(),
            Long.toString(rows),
            DropTickTableFactory.OPEN_ROWS.key(),
            Integer.toString(openRows),
            DropTickTableFactory.SHAPE.key(),
            shape.name());
    return new SqlRunOptions(
        form.script,
        "drop_alerts",
        Map.of(),
        source,
        Map.of("connector", AlertTableFactory.NAME),
        checkpoints,
        interval);
  }

  private static Map<String, String> json(String connector) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("connector", connector);
    options.put("format", "json");
    options.put("json.timestamp-format.standard", "ISO-8601");
    return options;
  }

  /** For the job. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add("--script.path=" + script);
    variables.forEach((name, value) -> words.add("--variables." + name + "=" + value));
    source.forEach((key, value) -> words.add("--tables.ticks." + key + "=" + value));
    target.forEach((key, value) -> words.add("--tables." + sink + "." + key + "=" + value));
    words.add("--job.parallelism=" + SqlProcess.PARALLELISM);
    words.add("--checkpoint.interval=" + interval.toMillis() + " ms");
    words.add("--checkpoint.directory=" + checkpoints.toUri());
    return words;
  }
}
