package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"},"
          + "{\"name\":\"s\",\"type\":[\"null\",\"string\"]}]}";

  @TempDir Path folder;

  @Test
  void duckDbReadsEveryKindOfValue() throws Exception {
    RecordFormat format = parquet(Schemas.EVERYTHING, ParquetCodec.ZSTD);
    Path object = write(format, List.of(Schemas.EVENT));

    List<List<String>> rows =
        DuckDb.query(
            "SELECT id, count, name, ok, ratio, price, total, x, hex(raw), kind, day, \"at\", precisely,"
                + " clock, tags, attributes['k'], device.os, device.user_agent FROM '"
                + object
                + "'");

    assertThat(rows)
        .containsExactly(
            List.of(
                "9007199254740993",
                "5",
                "é😀",
                "true",
                "0.5",
                "1234567890.10",
                "-1234567890123456789012345.00001",
                "1.0E300",
                "00FF80",
                "B",
                "2021-08-31",
                "2021-08-31T20:39:43.250Z",
                "2021-08-31T20:39:43.000001Z",
                "20:39:43.500Z",
                "[a, null, b]",
                "7",
                "linux",
                "curl/8"));
  }

  @Test
  void duckDbSeesTheTypesOfTheSchema() throws Exception {
    Path object = write(parquet(Schemas.EVERYTHING, ParquetCodec.SNAPPY), List.of(Schemas.EVENT));

    List<List<String>> types =
        DuckDb.query("SELECT column_name, column_type FROM (DESCRIBE FROM '" + object + "')");

    assertThat(types)
        .contains(
            List.of("id", "BIGINT"),
            List.of("price", "DECIMAL(12,2)"),
            List.of("total", "DECIMAL(30,5)"),
            List.of("day", "DATE"),
            List.of("at", "TIMESTAMP WITH TIME ZONE"),
            List.of("clock", "TIME WITH TIME ZONE"),
            List.of("tags", "VARCHAR[]"),
            List.of("attributes", "MAP(VARCHAR, INTEGER)"),
            List.of("device", "STRUCT(os VARCHAR, user_agent VARCHAR)"));
  }

  @ParameterizedTest
  @EnumSource
  void duckDbReadsEveryCodecAndSeveralRowGroups(ParquetCodec codec) throws Exception {
    RecordFormat format =
        InstantiationUtil.clone(
            ObjectFormats.parquet(
                RecordSchema.parse(SCHEMA), UnknownFields.REJECT, codec, 256 * 1024));
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      records.add("{\"n\":%d,\"s\":\"value %d %x\"}".formatted(i, i, i * 31L * 31 * 31));
    }
    Collections.reverse(records);

    Path object = write(format, records);

    assertThat(DuckDb.query("SELECT count(*), count(DISTINCT n), sum(n) FROM '" + object + "'"))
        .containsExactly(List.of("30000", "30000", "449985000"));
    assertThat(DuckDb.query("SELECT n, s FROM '" + object + "' LIMIT 1"))
        .containsExactly(List.of("29999", "value 29999 %x".formatted(29_999 * 31L * 31 * 31)));
    assertThat(
            DuckDb.query(
                "SELECT DISTINCT compression, max(row_group_id) > 0 FROM parquet_metadata('"
                    + object
                    + "') GROUP BY compression"))
        .containsExactly(List.of(codec.name(), "true"));
  }

  @Test
  void writesManyObjectsAtATime() throws Exception {
    RecordFormat format = parquet(SCHEMA, ParquetCodec.ZSTD);
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Path>> tasks = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String record = "{\"n\":" + i + ",\"s\":null}";
        byte[] row = format.rows().encode(record.getBytes(UTF_8), JSON.readTree(record));
        Path object = folder.resolve(i + ".parquet");
        tasks.add(
            () ->
                Files.write(
                    object, ListRows.write(format.objects(), Collections.nCopies(100, row))));
      }
      for (Future<Path> written : threads.invokeAll(tasks)) {
        written.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(DuckDb.query("SELECT count(*), sum(n), count(s) FROM '" + folder + "/*.parquet'"))
        .containsExactly(List.of("3200", "49600", "0"));
  }

  @Test
  void leavesTheStreamOpen() throws Exception {
    List<String> calls = new ArrayList<>();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void close() {
            calls.add("close");
          }
        };
    RecordFormat format = parquet(SCHEMA, ParquetCodec.SNAPPY);

    format.objects().write(new ListRows(rows(format, List.of("{\"n\":1}"))), out);

    assertThat(calls).isEmpty();
  }

  @Test
  void failsWhenTheStreamFails() throws Exception {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    RecordFormat format = parquet(SCHEMA, ParquetCodec.SNAPPY);
    List<byte[]> rows = rows(format, List.of("{\"n\":1}"));

    assertThatIOException()
        .isThrownBy(() -> format.objects().write(new ListRows(rows), full))
        .withMessage("No space left on device");
  }

  @Test
  void rejectsSchemasThatParquetCannotHold() {
    for (String type :
        List.of(
            "\"null\"",
            "[\"null\",\"R\"]",
            "{\"type\":\"array\",\"items\":\"R\"}",
            "{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}")) {
      RecordSchema schema =
          RecordSchema.parse(
              "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":"
                  + type
                  + "}]}");

      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  ObjectFormats.parquet(
                      schema,
                      UnknownFields.REJECT,
                      ParquetCodec.ZSTD,
                      ObjectFormats.ROW_GROUP_BYTES))
          .withMessageStartingWith("Parquet cannot hold schema 'R': ");
    }
  }

  private static RecordFormat parquet(String schema, ParquetCodec codec) {
    return ObjectFormats.parquet(
        RecordSchema.parse(schema), UnknownFields.REJECT, codec, ObjectFormats.ROW_GROUP_BYTES);
  }

  private Path write(RecordFormat format, List<String> records) throws Exception {
    Path object = folder.resolve("object" + format.objects().extension());
    return Files.write(object, ListRows.write(format.objects(), rows(format, records)));
  }

  private static List<byte[]> rows(RecordFormat format, List<String> records) throws Exception {
    List<byte[]> rows = new ArrayList<>();
    for (String record : records) {
      rows.add(format.rows().encode(record.getBytes(UTF_8), JSON.readTree(record)));
    }
    return rows;
  }
}
