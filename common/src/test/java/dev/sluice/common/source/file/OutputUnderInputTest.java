package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputUnderInputTest {
  @ParameterizedTest
  @CsvSource({
    "s3://b/in/out, s3://b/in",
    "s3://b/in, s3://b/in/",
    "s3a://b/in/out, s3n://b/in",
    "S3://Bucket/in/out, s3://bucket/in",
    "s3://b/other/../in/out, s3://b/./in",
    "s3://b//in///out, s3://b/in",
    "s3://b/out, s3://b",
    "s3://b/out, s3://b/",
    "s3://b/../../in/x, s3://b/in",
    "/a/b/c, file:///a/b",
    "file:/a/b/c, /a/b/",
    "file:///a/x/../b/c, /a/b",
    "/a, /",
    "in/out, in",
    "in/out, ./in/",
    "in, file:in",
  })
  void findsTheOutputBelowTheInput(String output, String input) {
    assertThat(OutputUnderInput.check(output, input)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/input-results, s3://b/in",
    "s3://b/in, s3://b/in/deeper",
    "s3://b/in/../out, s3://b/in",
    "s3://other/in/out, s3://b/in",
    "s3://b/IN/out, s3://b/in",
    "s3://b/in%2Fout, s3://b/in",
    "/a/bc, /a/b",
    "/a/b/../c, /a/b",
    "s3://a/b/c, /a/b",
    "hdfs://a/b/c, s3://a/b",
    "out, in",
  })
  void findsNoOverlapWhereThereIsNone(String output, String input) {
    assertThat(OutputUnderInput.check(output, input)).isFalse();
  }

  @Test
  void knowsWhereARelativePathIs() {
    String here = Path.of("").toAbsolutePath().toString();

    assertThat(OutputUnderInput.check("target/out", here)).isTrue();
    assertThat(OutputUnderInput.check(here + "/target/out", "target")).isTrue();
    assertThat(OutputUnderInput.check("..", here)).isFalse();
  }

  @Test
  void followsSymbolicLinksAlsoToFoldersThatAreStillToBeMade(@TempDir Path folder)
      throws IOException {
    Path input = Files.createDirectories(folder.resolve("data/in"));
    Path link = Files.createSymbolicLink(folder.resolve("results"), input);

    assertThat(OutputUnderInput.check(link + "/not/yet", input.toString())).isTrue();
    assertThat(OutputUnderInput.check(input + "/x", link.toString())).isTrue();
    assertThat(OutputUnderInput.check(folder + "/other", link.toString())).isFalse();
  }

  @Property
  void holdsForEverythingBelowHoweverItIsWritten(
      @ForAll("names") List<String> above,
      @ForAll("names") List<String> below,
      @ForAll("schemes") String scheme,
      @ForAll("schemes") String other) {
    String input = "bucket/" + String.join("//", above);
    String output = "Bucket/./" + String.join("/", above) + "/x/../" + String.join("/", below);

    assertThat(OutputUnderInput.check(scheme + output, other + input + "/")).isTrue();
  }

  @Property
  void neverHoldsForASibling(
      @ForAll("names") List<String> above, @ForAll("names") List<String> below) {
    String input = "s3://bucket/" + String.join("/", above);

    assertThat(OutputUnderInput.check(input + "x/" + String.join("/", below), input)).isFalse();
    assertThat(OutputUnderInput.check(input + "/../" + above.get(above.size() - 1) + "-2", input))
        .isFalse();
  }

  @Property
  void isTransitive(
      @ForAll("names") List<String> one,
      @ForAll("names") List<String> two,
      @ForAll("names") List<String> three) {
    String top = "s3://b/" + String.join("/", one);
    String middle = top + "/" + String.join("/", two);
    String low = middle + "/" + String.join("/", three);

    assertThat(OutputUnderInput.check(low, top)).isTrue();
    assertThat(OutputUnderInput.check(top, low)).isFalse();
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of("s3", "s3a", "s3n")
        .flatMap(s -> Arbitraries.of(s, s.toUpperCase(Locale.ROOT)))
        .map(scheme -> scheme + "://");
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withChars("ab%ü $[]&é+=@,;!'()~")
        .ofMinLength(1)
        .ofMaxLength(6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
