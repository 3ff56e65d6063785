package dev.sluice.testing.sql;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of one test, read and checked as far as they can be without the script. Immutable. */
final class SqlTestFiles {
  static final String PROPERTIES = "test.properties";
  static final String SCRIPT = "query.sql";
  private static final String INPUT = ".input";
  private static final String CHANGELOG = ".changelog";
  private static final String TABLE = ".table";
  private static final String VARIABLES = "variables.";
  private static final String SETTINGS = "table.";
  private static final int MOST_SUBTASKS = 4;

  private final Path folder;
  private final List<String> scripts;
  private final Map<String, String> variables = new TreeMap<>();
  private final Map<String, String> settings = new TreeMap<>();
  private final int parallelism;
  private final Set<String> kept;
  private final Map<String, RowsFile> inputs = new LinkedHashMap<>();
  private final Map<String, Expected> expected = new LinkedHashMap<>();

  private SqlTestFiles(Path folder) throws IOException {
    this.folder = folder;
    Properties properties = new Properties();
    Path file = folder.resolve(PROPERTIES);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    }
    List<String> script = new ArrayList<>(List.of(SCRIPT));
    int subtasks = 1;
    Set<String> keep = Set.of();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(key).strip();
      if (key.equals("script")) {
        script = words(value).collect(Collectors.toList());
      } else if (key.equals("parallelism")) {
        subtasks = readParallelism(value);
      } else if (key.equals("keep")) {
        keep = words(value).collect(Collectors.toUnmodifiableSet());
      } else if (key.startsWith(VARIABLES)) {
        variables.put(key.substring(VARIABLES.length()), value);
      } else if (key.startsWith(SETTINGS)) {
        settings.put(key, value);
      } else {
        throw new MalformedSqlTestException(
            file
                + ": '"
                + key
                + "' is none of script, parallelism, variables.NAME, table.… (Flink's settings), keep");
      }
    }
    this.scripts = script.stream().map(this::location).collect(Collectors.toList());
    this.parallelism = subtasks;
    this.kept = keep;
    readRows();
  }

  /**
   * Reads a folder.
   *
   * @throws MalformedSqlTestException if it is no test
   */
  static SqlTestFiles read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new MalformedSqlTestException("'" + folder + "' is no folder");
    }
    try {
      return new SqlTestFiles(folder);
    } catch (IOException e) {
      throw new MalformedSqlTestException("Cannot read '" + folder + "': " + e.getMessage(), e);
    }
  }

  /**
   * Whether a folder says that it is a test, be it a good one or not: one of its files is there.
   */
  static boolean isTest(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(
              name ->
                  name.equals(SCRIPT)
                      || name.equals(PROPERTIES)
                      || Stream.of(INPUT, CHANGELOG, TABLE).anyMatch(name::endsWith));
    } catch (IOException e) {
      throw new MalformedSqlTestException("Cannot read '" + folder + "': " + e.getMessage(), e);
    }
  }

  private static Stream<String> words(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip);
  }

  private String location(String script) {
    if (script.startsWith("classpath:")) {
      return script;
    }
    Path file = folder.resolve(script).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      throw new MalformedSqlTestException(
          folder
              + ": the script '"
              + script
              + "' does not exist; '"
              + PROPERTIES
              + "' may name another with 'script = …'");
    }
    return file.toString();
  }

  private int readParallelism(String value) {
    if (!value.matches("[1-" + MOST_SUBTASKS + "]")) {
      throw new MalformedSqlTestException(
          folder.resolve(PROPERTIES)
              + ": parallelism must be from 1 to "
              + MOST_SUBTASKS
              + ", but was '"
              + value
              + "'");
    }
    return Integer.parseInt(value);
  }

  private void readRows() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(INPUT)) {
        inputs.put(withoutEnd(name, INPUT), RowsFile.read(file));
      }
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(CHANGELOG)) {
        boolean fixedOrder = parallelism == 1 && inputs.size() <= 1;
        expect(withoutEnd(name, CHANGELOG), Expected.changelog(RowsFile.read(file), fixedOrder));
      } else if (name.endsWith(TABLE)) {
        expect(withoutEnd(name, TABLE), Expected.table(RowsFile.read(file)));
      }
    }
    if (expected.isEmpty()) {
      throw new MalformedSqlTestException(
          folder + ": nothing is expected, there is neither a '*.changelog' nor a '*.table'");
    }
  }

  private void expect(String table, Expected rows) {
    if (expected.put(table, rows) != null) {
      throw new MalformedSqlTestException(
          folder + ": '" + table + "' has both a '.changelog' and a '.table'");
    }
  }

  private static String withoutEnd(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }

  Path folder() {
    return folder;
  }

  List<String> scripts() {
    return scripts;
  }

  Map<String, String> variables() {
    return variables;
  }

  Map<String, String> settings() {
    return settings;
  }

  int parallelism() {
    return parallelism;
  }

  /** Tables that keep their connector, as they are within the script. */
  Set<String> kept() {
    return kept;
  }

  RowsFile input(String table) {
    RowsFile file = inputs.get(table);
    if (file == null) {
      throw new MalformedSqlTestException(
          folder + ": table '" + table + "' is read, but there is no '" + table + INPUT + "'");
    }
    return file;
  }

  /** Names of the tables that there is input for. */
  List<String> inputs() {
    return List.copyOf(inputs.keySet());
  }

  Map<String, Expected> expected() {
    return expected;
  }
}
