package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.junit.jupiter.api.Test;

class UdfRegistryTest {
  private static final String HEAD = "| Function | Gives | Class |\n| --- | --- | --- |\n";

  @Test
  void theReadmeHasTheTableOfFunctions() throws IOException {
    String table =
        UdfRegistry.all().stream()
            .map(
                udf ->
                    String.format(
                        "| `%s%s` | %s. | `%s` |%n",
                        udf.name(),
                        udf.signature(),
                        udf.gives(),
                        udf.function().getClass().getSimpleName()))
            .collect(Collectors.joining());

    assertThat(Files.readString(Path.of("README.md"))).contains("\n" + HEAD + table + "\n");
  }

  @Test
  void everyFunctionOfThePackageIsInIt() throws Exception {
    List<String> functions = new ArrayList<>();
    try (DirectoryStream<Path> sources =
        Files.newDirectoryStream(Path.of("src/main/java/dev/sluice/udf"), "*.java")) {
      for (Path source : sources) {
        String name = source.getFileName().toString().replace(".java", "");
        if (!name.equals("package-info")) {
          Class<?> type = Class.forName("dev.sluice.udf." + name);
          if (UserDefinedFunction.class.isAssignableFrom(type)) {
            functions.add(type.getName());
          }
        }
      }
    }

    assertThat(UdfRegistry.all().stream().map(Udf::className).distinct())
        .containsExactlyInAnyOrderElementsOf(functions);
  }

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(UdfRegistry.find("vWap")).map(Udf::className).contains("dev.sluice.udf.Vwap");
    assertThat(UdfRegistry.find("NO_SUCH")).isEmpty();
    SluiceModule module = new SluiceModule();
    assertThat(module.listFunctions())
        .hasSameSizeAs(UdfRegistry.all())
        .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)))
        .allMatch(name -> module.getFunctionDefinition(name).isPresent());
    assertThat(module.getFunctionDefinition("upper")).isEmpty();
  }

  @Test
  void allAreDeterministic() {
    assertThat(UdfRegistry.all()).allMatch(udf -> udf.function().isDeterministic());
  }
}
