package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.OptionsTable;
import dev.sluice.partitioning.plan.PlanOptions;
import dev.sluice.partitioning.sink.SinkMetricNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  @TempDir Path folder;

  @Test
  void listsTheOptionsAsTheyAreDeclared() throws Exception {
    assertThat(OptionsTable.of(PartitionedSinkOptions.ALL).differencesFrom(section("Options")))
        .isEmpty();
    assertThat(OptionsTable.of(PlanOptions.ALL).differencesFrom(section("Plan"))).isEmpty();
  }

  @Test
  void listsTheMetricsThatAreRegistered() throws Exception {
    Set<String> registered = new TreeSet<>(SinkMetricNames.registered(folder));
    NamedMetrics metrics = new NamedMetrics();
    new PartitioningMetrics(metrics, () -> 0).rejected("any");
    registered.addAll(metrics.names);

    assertThat(namesInTables(section("Metrics"))).isEqualTo(registered);
  }

  /** What stands in backticks in the first column. */
  private static Set<String> namesInTables(String text) {
    Set<String> names = new TreeSet<>();
    text.lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(
            line -> {
              Matcher name = Pattern.compile("`([^`]+)`").matcher(line.split("\\|", -1)[1]);
              while (name.find()) {
                names.add(name.group(1));
              }
            });
    return names;
  }

  /** From a head to the next one. */
  private static String section(String head) throws Exception {
    Matcher section =
        Pattern.compile("(?ms)^(##+) " + head + "$(.*?)(?=^#{1,3} |\\z)")
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(section.find()).as("section '%s'", head).isTrue();
    return section.group(2);
  }
}
