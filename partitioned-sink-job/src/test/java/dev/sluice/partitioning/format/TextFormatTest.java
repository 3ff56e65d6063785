package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

class TextFormatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void rowsComeBackFromEveryCompression(Compression compression) throws IOException {
    ObjectFormat format = ObjectFormats.jsonLines(compression).objects();
    List<byte[]> rows = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      String row = "{\"number\":" + i + ",\"text\":\"" + "x".repeat(i % 50) + "\"}";
      rows.add(row.getBytes(UTF_8));
      expected.append(row).append('\n');
    }

    byte[] object = ListRows.write(format, rows);

    assertThat(decompress(compression, object)).asString(UTF_8).isEqualTo(expected.toString());
    if (compression != Compression.UNCOMPRESSED) {
      assertThat(object.length).isLessThan(expected.length() / 4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsOfAConcatenableObjectAreOne(Compression compression) throws IOException {
    ObjectFormat format = ObjectFormats.jsonLines(compression).objects();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    format.write(ListRows.of("{\"a\":1}", "{\"a\":2}"), object);
    format.write(ListRows.of("{\"a\":3}"), object);

    assertThat(format.isConcatenable()).isEqualTo(compression != Compression.ZIP);
    if (format.isConcatenable()) {
      assertThat(decompress(compression, object.toByteArray()))
          .asString(UTF_8)
          .isEqualTo("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    }
  }

  @Test
  void putsNothingBetweenRecordsWithoutDelimiter() throws IOException {
    byte[] object =
        ListRows.write(
            ObjectFormats.verbatim(Compression.UNCOMPRESSED).objects(),
            List.of("{\"a\":1}".getBytes(UTF_8), "{\"a\":2}".getBytes(UTF_8)));

    assertThat(object).asString(UTF_8).isEqualTo("{\"a\":1}{\"a\":2}");
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheStreamOpenAndFlushed(Compression compression) throws IOException {
    List<String> calls = new ArrayList<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            calls.add("flush");
          }

          @Override
          public void close() {
            calls.add("close");
          }
        };

    ObjectFormats.jsonLines(compression).objects().write(ListRows.of("{}"), out);

    assertThat(calls).contains("flush").doesNotContain("close");
  }

  @ParameterizedTest
  @EnumSource
  void failsWhenTheStreamFails(Compression compression) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ObjectFormat format = ObjectFormats.jsonLines(compression).objects();

    assertThatIOException()
        .isThrownBy(() -> format.write(ListRows.of("{}"), full))
        .withMessage("No space left on device");
  }

  @Test
  void writesInLargeChunksSinceEachWriteMayBeASystemCall() throws IOException {
    List<Integer> writes = new ArrayList<>();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            writes.add(1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            writes.add(length);
          }
        };
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      rows.add(new byte[99]);
    }

    ObjectFormats.jsonLines(Compression.UNCOMPRESSED).objects().write(new ListRows(rows), out);

    assertThat(writes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000_000);
    assertThat(writes).hasSizeLessThan(20);
  }

  @ParameterizedTest
  @EnumSource
  void theSameRowsGiveTheSameObject(Compression compression) throws Exception {
    ObjectFormat format = ObjectFormats.jsonLines(compression).objects();
    List<byte[]> rows = List.of("{\"a\":1}".getBytes(UTF_8));

    assertThat(ListRows.write(InstantiationUtil.clone(format), rows))
        .isEqualTo(ListRows.write(format, rows));
  }

  @Test
  void namesItsObjectsAsFirehoseDoes() {
    assertThat(
            Map.of(
                Compression.UNCOMPRESSED, "",
                Compression.GZIP, ".gz",
                Compression.ZSTD, ".zst",
                Compression.SNAPPY, ".snappy",
                Compression.HADOOP_SNAPPY, ".hsnappy",
                Compression.ZIP, ".zip"))
        .allSatisfy(
            (compression, extension) ->
                assertThat(ObjectFormats.jsonLines(compression).objects().extension())
                    .isEqualTo(extension));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "GZIP", "ZSTD"})
  void duckDbReadsObjectsOfSeveralParts(Compression compression) throws Exception {
    ObjectFormat format = ObjectFormats.jsonLines(compression).objects();
    Path object = folder.resolve("object.json" + compression.extension());
    try (OutputStream out = Files.newOutputStream(object)) {
      format.write(ListRows.of("{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":\"é\"}"), out);
      format.write(ListRows.of("{\"a\":3,\"b\":\"z\"}"), out);
    }

    List<List<String>> rows =
        DuckDb.query("SELECT a, b FROM read_json('" + object + "', format='newline_delimited')");

    assertThat(rows).containsExactly(List.of("1", "x"), List.of("2", "é"), List.of("3", "z"));
  }

  @Property(tries = 200)
  void losesNoByteOfAnyRow(
      @ForAll Compression compression, @ForAll @Size(min = 1, max = 20) List<byte[]> rows)
      throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    rows.forEach(expected::writeBytes);

    byte[] object = ListRows.write(ObjectFormats.verbatim(compression).objects(), rows);

    assertThat(decompress(compression, object)).isEqualTo(expected.toByteArray());
  }

  private static byte[] decompress(Compression compression, byte[] object) throws IOException {
    InputStream in = new ByteArrayInputStream(object);
    return switch (compression) {
      case UNCOMPRESSED -> object;
      case GZIP -> new GZIPInputStream(in).readAllBytes();
      case ZSTD -> new ZstdInputStream(in).readAllBytes();
      case SNAPPY -> new SnappyFramedInputStream(in).readAllBytes();
      case HADOOP_SNAPPY -> hadoopSnappy(ByteBuffer.wrap(object));
      case ZIP -> onlyEntry(new ZipInputStream(in));
    };
  }

  private static byte[] onlyEntry(ZipInputStream zip) throws IOException {
    assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("records");
    byte[] entry = zip.readAllBytes();
    assertThat(zip.getNextEntry()).isNull();
    return entry;
  }

  /** By the format: length when decompressed, then blocks of compressed length and bytes. */
  private static byte[] hadoopSnappy(ByteBuffer object) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (object.hasRemaining()) {
      int end = out.size() + object.getInt();
      while (out.size() < end) {
        byte[] block = new byte[object.getInt()];
        object.get(block);
        out.writeBytes(Snappy.uncompress(block));
      }
    }
    return out.toByteArray();
  }
}
