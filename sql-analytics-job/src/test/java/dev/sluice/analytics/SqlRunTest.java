package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.environment.WrongInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run changes before it starts, and which of Flink's options it heeds. */
class SqlRunTest {
  private static final String OUTSIDE =
      """
      -- @uses classpath:sql/ticks.sql
      CREATE CATALOG ext WITH ('type' = 'watched');
      CREATE TABLE ext.`default`.s (ticker STRING) WITH ('connector' = 'blackhole');
      INSERT INTO ext.`default`.s SELECT ticker FROM ticks;
      """;

  @TempDir Path folder;

  @BeforeEach
  void forgetsChanges() {
    WatchedCatalog.CHANGES.clear();
  }

  @Test
  void compilingAPlanCreatesNothing() throws Exception {
    Path plan = folder.resolve("plan.json");

    Job.run("--compile-plan=" + plan, script(OUTSIDE));

    assertThat(WatchedCatalog.CHANGES).isEmpty();
    assertThat(Files.readString(plan)).contains("\"identifier\" : \"`ext`.`default`.`s`\"");
  }

  @Test
  void aDryRunCreatesNothingAndARunDoes() throws Exception {
    Job.run("--dry-run", script(OUTSIDE));
    assertThat(WatchedCatalog.CHANGES).isEmpty();

    SqlRun.rehearse(Job.settings(script(OUTSIDE)))
        .addTo(StreamExecutionEnvironment.getExecutionEnvironment());

    assertThat(WatchedCatalog.CHANGES).containsExactly("createTable default.s");
  }

  @Test
  void aPlanThatCannotBeReadOrUsedCreatesNothing() throws Exception {
    Path none = folder.resolve("none.json");
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"flinkVersion\":\"1.20\"}");

    assertThatThrownBy(() -> Job.run("--plan.run=" + none, script(OUTSIDE)))
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining("The plan cannot be read");
    assertThatThrownBy(() -> Job.run("--plan.run=" + wrong, script(OUTSIDE)))
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining("The plan cannot be used");
    assertThat(WatchedCatalog.CHANGES).isEmpty();
  }

  @Test
  void aPlanOfOtherValuesWinsAndIsToldAbout() throws Exception {
    String filtered =
        """
        -- @uses classpath:sql/ticks.sql
        -- @variable least number = 100; cheaper trades do not count
        CREATE TABLE dear (ticker STRING);
        INSERT INTO dear SELECT ticker FROM ticks WHERE price >= ${least};
        """;
    Path plan = folder.resolve("plan.json");
    Job.run("--compile-plan=" + plan, script(filtered));

    assertThat(Job.run("--dry-run", "--plan.run=" + plan, script(filtered)))
        .doesNotContain("Warning");
    assertThat(
            Job.run("--dry-run", "--plan.run=" + plan, script(filtered), "--variables.least=200"))
        .contains("Warning: " + plan + ": The plan wins, and is not what the scripts say now");
  }

  @Test
  void optionsOfFlinkHoldForTheLintAndThePlan() throws Exception {
    String counts =
        """
        -- @uses classpath:sql/ticks.sql
        CREATE TABLE counts (ticker STRING, n BIGINT);
        INSERT INTO counts SELECT ticker, COUNT(*) FROM ticks GROUP BY ticker;
        """;
    Path plan = folder.resolve("plan.json");

    String printed =
        Job.run("--compile-plan=" + plan, script(counts), "--flink.table.exec.state.ttl=1 d");

    assertThat(printed).isEqualTo("Plan: " + plan + "\n");
    assertThat(Files.readString(plan)).contains("\"ttl\" : \"1 d\"");
    assertThat(Job.run("--compile-plan=" + plan, script(counts))).contains("Warning");
  }

  @Test
  void refusesACatalogStore() {
    assertThatThrownBy(
            () -> Job.run("--dry-run", script(OUTSIDE), "--flink.table.catalog-store.kind=file"))
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining("A catalog store is not read: scripts say CREATE CATALOG");
  }

  private String script(String text) throws Exception {
    return "--script.path=" + Files.writeString(folder.resolve("query.sql"), text);
  }
}
