package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.sql.SqlTest;
import dev.sluice.testing.sql.SqlTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tests of the library's queries: each is a folder in src/test/sql. */
class SqlLibraryIT {
  private static final String TESTS = "src/test/sql";

  /** Tables and modules that queries use. */
  private static final Set<String> PARTS =
      Set.of("ticks", "drops", "companies", "sluice_functions");

  @SqlTests(TESTS)
  void givesWhatItsFilesExpect(SqlTest test) throws Exception {
    test.run();
  }

  @Test
  void everyQueryHasATest() throws IOException {
    Set<String> tested = new TreeSet<>();
    for (SqlTest test : SqlTest.below(Path.of(TESTS))) {
      Properties properties = new Properties();
      try (var reader = Files.newBufferedReader(test.folder().resolve("test.properties"))) {
        properties.load(reader);
      }
      tested.add(properties.getProperty("script").replaceFirst("classpath:sql/(.*)\\.sql", "$1"));
    }
    List<String> queries;
    try (var files = Files.list(Path.of("src/main/resources/sql"))) {
      queries =
          files
              .map(file -> file.getFileName().toString().replace(".sql", ""))
              .filter(name -> !PARTS.contains(name))
              .sorted()
              .collect(Collectors.toList());
    }

    assertThat(queries).containsExactlyElementsOf(tested);
  }
}
