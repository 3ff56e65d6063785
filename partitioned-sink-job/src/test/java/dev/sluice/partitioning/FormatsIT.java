package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.partitioning.format.DuckDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats through the whole job, read by others than their writers. */
class FormatsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "customer_id", "type": "string"},
        {"name": "amount", "type": ["null", "long"], "default": null}]}
      """;
  private static final List<List<String>> ROWS =
      List.of(List.of("1234", "5"), List.of("4567", "7"));
  private static final String UNFIT = "{\"customer_id\": \"1234\", \"amount\": \"a lot\"}";

  @TempDir Path folder;

  @Test
  void parquetBySchemaAndWhatDoesNotFitIsADeadLetter() throws Exception {
    LocalJob job = input();

    run(job, "--format.type=parquet", "--format.compression=zstd", schema());

    assertThat(job.objects("data"))
        .hasSize(2)
        .allSatisfy(object -> assertThat(object.toString()).endsWith(".parquet"));
    assertThat(read("read_parquet('%s')")).isEqualTo(ROWS);
    assertThat(unfit(job)).isEqualTo("Field 'amount' ");
  }

  @Test
  void avroBySchemaAndWhatDoesNotFitIsADeadLetter() throws Exception {
    LocalJob job = input();

    run(job, "--format.type=avro", "--format.compression=gzip", schema());

    List<String> rows = new ArrayList<>();
    for (Path object : job.objects("data")) {
      assertThat(object.toString()).endsWith(".avro");
      try (var reader =
          new DataFileReader<>(object.toFile(), new GenericDatumReader<GenericRecord>())) {
        assertThat(reader.getMetaString("avro.codec")).isEqualTo("deflate");
        reader.forEach(row -> rows.add(row.toString()));
      }
    }
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "{\"customer_id\": \"1234\", \"amount\": 5}",
            "{\"customer_id\": \"4567\", \"amount\": 7}");
    assertThat(unfit(job)).isEqualTo("Field 'amount' ");
  }

  @Test
  void csvWithHeaderAndColumnsOfItsOwn() throws Exception {
    LocalJob job = input();

    run(
        job,
        "--format.type=csv",
        "--format.columns=customer_id,total=/amount",
        "--format.header=true",
        "--format.compression=gzip");

    assertThat(job.objects("data"))
        .allSatisfy(object -> assertThat(object.toString()).endsWith(".csv.gz"));
    assertThat(DuckDb.query(sql("customer_id, total", "read_csv('%s', all_varchar = true)")))
        .isEqualTo(List.of(ROWS.get(0), List.of("1234", "a lot"), ROWS.get(1)));
  }

  @Test
  void jsonLinesByZstdWithAnExtensionOfItsOwn() throws Exception {
    LocalJob job = input();

    run(job, "--format.compression=zstd", "--output.file-extension=.jsonl.zst");

    assertThat(job.objects("data"))
        .allSatisfy(object -> assertThat(object.toString()).endsWith(".jsonl.zst"));
    assertThat(read("read_json('%s', format = 'newline_delimited')").stream().map(r -> r.get(0)))
        .containsExactlyInAnyOrder("1234", "1234", "4567");
  }

  /** Nothing but the schema, which Firehose has in a catalogue, is given beside the stream. */
  @Test
  void formatConversionOfFirehoseIsTakenOver() throws Exception {
    LocalJob job = input("{\"customer_id\": \"1234\", \"amount\": 5, \"extra\": true}");
    Path stream = folder.resolve("stream.json");
    Files.writeString(
        stream,
        """
        {"BucketARN": "arn:aws:s3:::elsewhere", "ErrorOutputPrefix": "failed/",
         "Prefix": "data/!{partitionKeyFromQuery:c}/", "CompressionFormat": "UNCOMPRESSED",
         "DynamicPartitioningConfiguration": {"Enabled": true},
         "ProcessingConfiguration": {"Enabled": true, "Processors": [
           {"Type": "MetadataExtraction", "Parameters": [
             {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{c:.customer_id}"}]},
           {"Type": "AppendDelimiterToRecord"}]},
         "DataFormatConversionConfiguration": {
           "SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"},
           "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
           "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"Compression": "GZIP"}}},
           "Enabled": true}}
        """);

    job.run("--firehose.configuration=" + stream, schema());

    assertThat(read("read_parquet('%s')")).isEqualTo(List.of(ROWS.get(0)));
    assertThat(
            DuckDb.query(
                "SELECT DISTINCT compression FROM parquet_metadata('" + glob("out/data") + "')"))
        .isEqualTo(List.of(List.of("GZIP")));
  }

  private LocalJob input(String... records) throws Exception {
    LocalJob job = new LocalJob(folder);
    job.input(
        records.length > 0
            ? records
            : new String[] {
              "{\"customer_id\": \"1234\", \"amount\": 5}",
              UNFIT,
              "{\"customer_id\": \"4567\", \"amount\": 7}"
            });
    return job;
  }

  private String schema() throws Exception {
    Path file = folder.resolve("event.avsc");
    Files.writeString(file, SCHEMA);
    return "--format.schema=" + file;
  }

  private static void run(LocalJob job, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--partition.query={c: .customer_id}");
    all.add("--output.prefix=data/!{partitionKeyFromQuery:c}/");
    all.add("--output.error-prefix=failed/!{firehose:error-output-type}/");
    job.run(all.toArray(String[]::new));
  }

  private List<List<String>> read(String table) throws Exception {
    return DuckDb.query(sql("customer_id, amount", table));
  }

  private String sql(String columns, String table) {
    return "SELECT " + columns + " FROM " + table.formatted(glob("out/data")) + " ORDER BY 1, 2";
  }

  private String glob(String below) {
    return folder.resolve(below) + "/**";
  }

  /** The first words of the one dead letter, which DuckDB reads as it reads the data. */
  private String unfit(LocalJob job) throws Exception {
    assertThat(job.objects("failed")).hasSize(1);
    List<List<String>> letters =
        DuckDb.query(
            "SELECT errorCode, attemptsMade, decode(from_base64(rawData)), errorMessage"
                + " FROM read_json('"
                + glob("out/failed/format-conversion-failed")
                + "')");
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).subList(0, 3))
        .containsExactly("format-conversion-failed", "1", UNFIT);
    JsonNode raw = JSON.readTree(letters.get(0).get(2));
    assertThat(raw.get("amount").asText()).isEqualTo("a lot");
    return letters.get(0).get(3).substring(0, "Field 'amount' ".length());
  }
}
