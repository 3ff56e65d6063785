package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionGroupTest {
  private static final JobOption<Map<String, String>> VARIABLES =
      JobOption.ofGroup("variables").describedAs("Values of variables.");
  private static final JobOption<Integer> SIZE = JobOption.ofInt("batch.size").defaultTo(16);
  private static final List<JobOption<?>> OPTIONS = List.of(VARIABLES, SIZE);

  @TempDir Path folder;

  @Test
  void takesAnyNameOfTheGroupFromAllPlacesAndTheLaterWins() throws Exception {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        "[{\"PropertyGroupId\":\"variables\",\"PropertyMap\":{\"a\":\"1\",\"Deep.er\":\"2\"}}]");

    JobArguments arguments = parse("--config=" + config, "--variables.a=x=y", "--batch.size=3");

    assertThat(arguments.get(VARIABLES)).isEqualTo(Map.of("a", "x=y", "Deep.er", "2"));
    assertThat(arguments.isSet(VARIABLES)).isTrue();
    assertThat(arguments.toString())
        .contains("variables.a=x=y (command line)", "variables.Deep.er=2 (config file");
  }

  @Test
  void isEmptyWithoutAny() {
    assertThat(parse().get(VARIABLES)).isEmpty();
    assertThat(parse().isSet(VARIABLES)).isFalse();
  }

  @Test
  void neverPrintsWhatItsNameSaysIsSecret() {
    assertThat(parse("--variables.db-password=tiger").toString())
        .contains("variables.db-password=******")
        .doesNotContain("tiger");
  }

  @Test
  void refusesOtherGroupsAndItsOwnPlaceholder() {
    assertThatThrownBy(() -> parse("--variable.a=1", "--variables.=2"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'variable.a' is not known")
        .hasMessageContaining("'variables.' is not known");
    assertThatThrownBy(() -> parse("--variables.NAME=1"))
        .hasMessageContaining("NAME stands for a name of yours");
  }

  @Test
  void standsInTheTableOnce() {
    assertThat(OptionsTable.of(OPTIONS).markdown())
        .contains("| `variables.NAME` | strings by name |  |  | Values of variables. |");
  }

  private static JobArguments parse(String... args) {
    return JobArguments.parse(args, OPTIONS);
  }
}
