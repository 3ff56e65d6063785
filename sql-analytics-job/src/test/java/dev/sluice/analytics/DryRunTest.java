package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  /** Tables and functions that queries use. */
  private static final Set<String> PARTS =
      Set.of("ticks", "drops", "companies", "sluice_functions");

  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "enrich_lookup", List.of("--variables.companies.path=/companies"),
          "enrich_temporal", List.of("--tables.company_changes.connector=datagen"),
          "files_csv", List.of("--variables.csv.path=/csv"),
          "files_parquet", List.of("--variables.parquet.path=/parquet"));

  @TempDir Path folder;

  @Test
  void printsThePlanOfEachInsertAndRunsNothing() throws Exception {
    Path output = folder.resolve("output");

    String printed =
        Job.run(
            "--dry-run",
            "--script.path=classpath:sql/late_ticks.sql",
            "--output.type=files",
            "--output.path=" + output);

    assertThat(printed)
        .contains(
            "classpath:sql/late_ticks.sql:42: INSERT INTO marked_ticks",
            "classpath:sql/late_ticks.sql:45: INSERT INTO volume_in_time",
            "classpath:sql/late_ticks.sql:50: INSERT INTO late_ticks",
            "== Optimized Execution Plan ==",
            "3 INSERTs are sound; nothing was run");
    assertThat(output).doesNotExist();
  }

  @Test
  void checksTheWholeLibraryTogether() throws Exception {
    String printed =
        Job.run(
            "--dry-run",
            "--script.path=classpath:sql",
            "--tables.company_changes.connector=datagen",
            "--variables.companies.path=" + folder,
            "--variables.csv.path=" + folder,
            "--variables.parquet.path=" + folder);

    assertThat(printed).contains("25 INSERTs are sound; nothing was run");
  }

  /** Alone, as a time to live that one sets would hold for all. */
  @Test
  void warnsOfNoQueryOfTheLibrary() throws Exception {
    List<Path> scripts;
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/sql"))) {
      scripts = files.filter(file -> !PARTS.contains(name(file))).sorted().toList();
    }
    List<String> warnings = new ArrayList<>();
    for (Path script : scripts) {
      List<String> options = new ArrayList<>(List.of("--dry-run", "--script.path=" + script));
      options.addAll(OPTIONS.getOrDefault(name(script), List.of()));
      String printed = Job.run(options.toArray(String[]::new));
      assertThat(printed).contains(" are sound; nothing was run");
      printed
          .lines()
          .filter(line -> line.startsWith("Warning: "))
          .map(line -> name(script) + line.replaceFirst(".*:\\d+:\\d+: ([^:]*).*", " $1"))
          .forEach(warnings::add);
    }

    assertThat(scripts).hasSizeGreaterThan(15);
    assertThat(warnings).isEmpty();
  }

  private static String name(Path script) {
    return script.getFileName().toString().replace(".sql", "");
  }

  @Test
  void warnsOfStateWithoutBoundAndOfThePostsPattern() throws Exception {
    Path script = folder.resolve("query.sql");
    Files.writeString(
        script,
        """
        -- @uses classpath:sql/ticks.sql
        CREATE TABLE counts (ticker STRING, n BIGINT, PRIMARY KEY (ticker) NOT ENFORCED);
        INSERT INTO counts SELECT ticker, COUNT(*) FROM ticks GROUP BY ticker;
        INSERT INTO counts SELECT ticker, 1 FROM ticks MATCH_RECOGNIZE (PARTITION BY ticker ORDER BY event_time
          MEASURES A.price AS p AFTER MATCH SKIP PAST LAST ROW
          PATTERN (A B* C) WITHIN INTERVAL '10' MINUTE DEFINE B AS B.price > A.price - 500);
        """);

    assertThat(Job.run("--dry-run", "--script.path=" + script))
        .contains(
            "Warning: " + script + ":3:55: The aggregation keeps a result per group for ever",
            "Warning: "
                + script
                + ":6:12: Every row starts a match: 'A' has no condition in DEFINE");
  }

  @Test
  void neverPrintsSecrets() throws Exception {
    Path secret = Files.writeString(folder.resolve("key"), "top-secret\n");
    Path script = folder.resolve("query.sql");
    Files.writeString(
        script,
        """
        -- @uses classpath:sql/ticks.sql
        CREATE TABLE s (ticker STRING) WITH ('connector' = 'print', 'print-identifier' = '${key:secret}');
        INSERT INTO s SELECT ticker FROM ticks""");
    Path plan = folder.resolve("plan.json");

    String printed =
        Job.run("--dry-run", "--script.path=" + script, "--variables.key=" + secret.toUri())
            + Job.run(
                "--compile-plan",
                plan.toString(),
                "--script.path=" + script,
                "--variables.key=" + secret.toUri());

    assertThat(printed).contains("Plan: " + plan).doesNotContain("top-secret");
    assertThat(Files.readString(plan)).contains("\"nodes\"").doesNotContain("top-secret");
  }
}
