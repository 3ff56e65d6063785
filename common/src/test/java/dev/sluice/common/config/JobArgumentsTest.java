package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobArgumentsTest {
  private static final JobOption<Integer> SIZE =
      JobOption.ofInt("batch.size").defaultTo(16).between(1, 1024);
  private static final JobOption<Duration> AGE =
      JobOption.ofDuration("batch.max-age").defaultTo(Duration.ofMillis(200)).positive();
  private static final JobOption<String> OUTPUT = JobOption.ofLocation("output.path").required();
  private static final JobOption<String> LABEL = JobOption.ofString("model.label");
  private static final List<JobOption<?>> OPTIONS = List.of(SIZE, AGE, OUTPUT, LABEL);

  @TempDir Path folder;

  @Test
  void takesTheDefaultWhereNobodySaysAnything() {
    JobArguments arguments = JobArguments.parse(words("--output.path=out"), OPTIONS);

    assertThat(arguments.get(SIZE)).isEqualTo(16);
    assertThat(arguments.isSet(SIZE)).isFalse();
    assertThat(arguments.origin(SIZE)).isEqualTo(Origin.DEFAULT);
    assertThat(arguments.find(LABEL)).isEmpty();
    assertThat(arguments.isManagedService()).isFalse();
  }

  @Test
  void laterPlacesWinOverEarlierOnes() throws IOException {
    Path managed =
        file(
            "managed.json",
            "[{'PropertyGroupId':'batch','PropertyMap':{'size':'1','max-age':'1 s'}},"
                + "{'PropertyGroupId':'model','PropertyMap':{'label':'managed'}}]");
    Path config =
        file(
            "config.json",
            "[{'PropertyGroupId':'batch','PropertyMap':{'size':'2','max-age':'2 s'}}]");

    JobArguments arguments =
        read(managed, "--config=" + config, "--batch.size=3", "--output.path=a=b");

    assertThat(arguments.get(SIZE)).isEqualTo(3);
    assertThat(arguments.get(AGE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(arguments.get(LABEL)).isEqualTo("managed");
    assertThat(arguments.get(OUTPUT)).isEqualTo("a=b");
    assertThat(arguments.origin(SIZE)).hasToString("command line");
    assertThat(arguments.origin(AGE)).hasToString("config file '" + config + "'");
    assertThat(arguments.origin(LABEL)).hasToString("property group 'model'");
    assertThat(arguments.isManagedService()).isTrue();
  }

  @Test
  void lowerPlaceMayHoldAWrongValueThatIsNotUsed() throws IOException {
    Path config =
        file("config.json", "[{'PropertyGroupId':'batch','PropertyMap':{'size':'many'}}]");

    JobArguments arguments =
        JobArguments.parse(
            words("--config", config.toString(), "--batch.size=3", "--output.path=out"), OPTIONS);

    assertThat(arguments.get(SIZE)).isEqualTo(3);
  }

  @Test
  void ignoresGroupsOfTheManagedService() throws IOException {
    Path managed =
        file(
            "managed.json",
            "[{'PropertyGroupId':'kinesis.analytics.flink.run.options',"
                + "'PropertyMap':{'python':'main.py'}},{'PropertyGroupId':'output','PropertyMap':{'path':'out'}}]");

    assertThat(read(managed).get(OUTPUT)).isEqualTo("out");
  }

  @Test
  void handsFlinkKeysToFlinkFromEveryPlace() throws IOException {
    Path managed =
        file("managed.json", "[{'PropertyGroupId':'flink','PropertyMap':{'a.b':'1','c.d':'1'}}]");

    JobArguments arguments = read(managed, "--flink.c.d=2", "--output.path=out");

    assertThat(arguments.flink().toMap())
        .containsOnly(java.util.Map.entry("a.b", "1"), java.util.Map.entry("c.d", "2"));
  }

  @Test
  void changesOfTheFlinkConfigurationStayWithTheCaller() {
    JobArguments arguments =
        JobArguments.parse(words("--flink.a.b=1", "--output.path=out"), OPTIONS);

    arguments.flink().setString("a.b", "2");

    assertThat(arguments.flink().toMap()).containsEntry("a.b", "1");
  }

  @Test
  void refusesToReadAnOptionThatWasNotDeclared() {
    JobArguments arguments = JobArguments.parse(words("--output.path=out"), OPTIONS);

    assertThatThrownBy(() -> arguments.find(JobOption.ofInt("other.option")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'other.option'");
  }

  @Test
  void refusesTwoOptionsOfOneKey() {
    assertThatThrownBy(
            () -> JobArguments.parse(words(), List.of(SIZE, JobOption.ofInt("batch.size"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Option 'batch.size' is declared twice");
  }

  @Test
  void saysWhichOptionHasNeitherValueNorDefault() {
    JobArguments arguments = JobArguments.parse(words("--output.path=out"), OPTIONS);

    assertThatThrownBy(() -> arguments.get(LABEL))
        .hasMessageContaining("'model.label' has no value");
  }

  @Test
  void describesWhatWasSetAndWhere() {
    JobArguments arguments =
        JobArguments.parse(
            words("--output.path=out", "--flink.s3.access.key=AKIA1", "--batch.size=4"), OPTIONS);

    assertThat(arguments)
        .hasToString(
            "{batch.size=4 (command line), output.path=out (command line)} flink{s3.access.key=******}");
  }

  @Test
  void valuesOfAnotherPlaceStandBelowAllThatWereGiven() {
    JobArguments given = JobArguments.parse(words("--output.path=out"), OPTIONS);

    JobArguments all =
        given.over(
            Map.of("output.path", "other", "model.label", "theirs", "batch.size", "7"),
            Origin.foreignFile("stream.json"));

    assertThat(all.get(OUTPUT)).isEqualTo("out");
    assertThat(all.get(LABEL)).isEqualTo("theirs");
    assertThat(all.get(SIZE)).isEqualTo(7);
    assertThat(all.origin(SIZE)).hasToString("'stream.json'");
    assertThat(given.isSet(SIZE)).isFalse();
  }

  @Test
  void mistakesOfAnotherPlaceAreReportedWithAllOthers() {
    Map<String, String> wrong = Map.of("batch.size", "0");
    Origin origin = Origin.foreignFile("stream.json");

    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    words("--output.path=out", "--batch.max-age=never"),
                    OPTIONS,
                    arguments -> arguments.over(wrong, origin)))
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageContaining("'batch.max-age'")
        .hasMessageContaining("'stream.json'");
  }

  /** As settings do that look at folders before a run. */
  @Test
  void mistakesThatACopyHasAfterTheBuildAreThrown() {
    JobArguments built =
        JobArguments.parse(
            words("--output.path=out"),
            OPTIONS,
            arguments -> arguments.over(Map.of("batch.size", "7"), Origin.foreignFile("x")));

    assertThatThrownBy(
            () -> built.check(problems -> problems.require(false, SIZE, "must be smaller")))
        .hasMessageContaining("Option 'batch.size' must be smaller");
  }

  private JobArguments read(Path managed, String... args) {
    return new ArgumentsReader(OPTIONS, managed).read(args).build(arguments -> arguments);
  }

  private Path file(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json.replace('\'', '"'));
  }

  private static String[] words(String... args) {
    return args;
  }
}
