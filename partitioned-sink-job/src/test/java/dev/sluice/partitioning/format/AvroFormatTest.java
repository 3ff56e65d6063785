package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroFormatTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"},"
          + "{\"name\":\"s\",\"type\":\"string\"}]}";

  @ParameterizedTest
  @EnumSource
  void avrosOwnReaderReadsEveryRowInItsOrder(AvroCodec codec) throws Exception {
    RecordFormat format =
        InstantiationUtil.clone(
            ObjectFormats.avro(RecordSchema.parse(SCHEMA), UnknownFields.REJECT, codec));
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] record = "{\"n\":%d,\"s\":\"value %d\"}".formatted(i, i % 7).getBytes(UTF_8);
      rows.add(format.rows().encode(record, new ObjectMapper().readTree(record)));
    }

    byte[] object = ListRows.write(format.objects(), rows);

    // The reader has no schema but the object's own.
    try (var reader =
        new DataFileReader<GenericRecord>(
            new SeekableByteArrayInput(object), new GenericDatumReader<>())) {
      int n = 0;
      for (GenericRecord record : reader) {
        assertThat(record.get("n")).isEqualTo(n);
        assertThat(record.get("s")).hasToString("value " + n % 7);
        n++;
      }
      assertThat(n).isEqualTo(rows.size());
    }
  }

  @Test
  void isNamedAvroAndNotConcatenable() {
    ObjectFormat format =
        ObjectFormats.avro(RecordSchema.parse(SCHEMA), UnknownFields.REJECT, AvroCodec.ZSTD)
            .objects();

    assertThat(format.extension()).isEqualTo(".avro");
    assertThat(format.isConcatenable()).isFalse();
  }
}
