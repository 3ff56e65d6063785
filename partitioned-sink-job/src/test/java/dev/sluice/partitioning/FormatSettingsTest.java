package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.partitioning.format.RecordFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatSettingsTest {
  @TempDir Path folder;

  @Test
  void extensionsAreThoseOfFormatAndCompression() throws Exception {
    assertThat(extension()).isEmpty();
    assertThat(extension("--format.compression=gzip")).isEqualTo(".gz");
    assertThat(extension("--format.compression=hadoop-snappy")).isEqualTo(".hsnappy");
    assertThat(extension("--format.type=csv", "--format.columns=a", "--format.compression=zstd"))
        .isEqualTo(".csv.zst");
    assertThat(extension("--format.type=avro", schema("{\"name\":\"a\",\"type\":\"int\"}")))
        .isEqualTo(".avro");
    assertThat(extension("--format.type=parquet", schema("{\"name\":\"a\",\"type\":\"int\"}")))
        .isEqualTo(".parquet");
  }

  @Test
  void formatsThatNeedMoreSayWhat() {
    assertMistake("Option 'format.schema' must be set", "--format.type=parquet");
    assertMistake("Option 'format.schema' must be set", "--format.type=avro");
    assertMistake("Option 'format.columns' must be set", "--format.type=csv");
    assertMistake(
        "Option 'format.columns' is no list of columns",
        "--format.type=csv",
        "--format.columns=a=b");
  }

  @Test
  void schemasThatAreOfNoUseAreToldBeforeTheJobStarts() throws Exception {
    assertMistake(
        "Option 'format.schema' cannot be read",
        "--format.type=avro",
        "--format.schema=" + folder.resolve("none.avsc"));
    assertMistake("Option 'format.schema' is of no use", "--format.type=avro", schema("nonsense"));
    assertMistake(
        "Option 'format.schema' is of no use: Parquet cannot hold",
        "--format.type=parquet",
        schema("{\"name\":\"a\",\"type\":[\"null\",\"R\"]}"));
  }

  @Test
  void compressionThatTheFormatHasNotIsAMistake() throws Exception {
    String schema = schema("{\"name\":\"a\",\"type\":\"int\"}");

    assertMistake(
        "Option 'format.compression' must be uncompressed, gzip, zstd or snappy for parquet",
        "--format.type=parquet",
        "--format.compression=zip",
        schema);
    assertMistake(
        "Option 'format.compression' must be uncompressed, gzip, zstd or snappy for avro",
        "--format.type=avro",
        "--format.compression=hadoop-snappy",
        schema);
  }

  @Test
  void optionsOfOtherFormatsAreMistakes() {
    assertMistake(
        "Option 'format.append-newline' must not be set for '--format.type=csv'",
        "--format.type=csv",
        "--format.columns=a",
        "--format.append-newline=false");
    assertMistake(
        "Option 'format.header' must not be set for '--format.type=json'", "--format.header=true");
  }

  /** Firehose's configuration says whether line feeds stand between records, for example. */
  @Test
  void aFormatMayReplaceThatOfFirehosesConfiguration() throws Exception {
    Path stream = folder.resolve("stream.json");
    Files.writeString(
        stream, "{\"BucketARN\": \"arn:aws:s3:::b\", \"CompressionFormat\": \"GZIP\"}");

    assertThat(
            extension(
                "--firehose.configuration=" + stream, "--format.type=csv", "--format.columns=a"))
        .isEqualTo(".csv.gz");
  }

  private String schema(String fields) throws Exception {
    Path file = folder.resolve("schema.avsc");
    Files.writeString(file, "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
    return "--format.schema=" + file;
  }

  private static String extension(String... options) {
    return format(options).objects().extension();
  }

  private static RecordFormat format(String... options) {
    return JobArguments.parse(
        options,
        PartitionedSinkOptions.ALL,
        arguments -> new FormatSettings(FirehoseOptions.over(arguments)).format());
  }

  private static void assertMistake(String words, String... options) {
    assertThatThrownBy(() -> format(options))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(words);
  }
}
