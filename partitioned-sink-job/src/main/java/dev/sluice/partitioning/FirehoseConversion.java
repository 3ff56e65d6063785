package dev.sluice.partitioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.partitioning.FirehoseConfiguration.UnsupportedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code DataFormatConversionConfiguration} of an Amazon Data Firehose stream as this job's
 * options. Stateless.
 */
final class FirehoseConversion {
  private FirehoseConversion() {}

  /**
   * Options by key; none for the schema, which is in a catalogue.
   *
   * @throws UnsupportedException if it reads or writes what this job does not
   */
  static Map<String, String> options(JsonNode conversion) throws UnsupportedException {
    JsonNode reader = conversion.path("InputFormatConfiguration").path("Deserializer");
    refuseRenaming(reader.path("OpenXJsonSerDe"));
    if (!reader.path("HiveJsonSerDe").path("TimestampFormats").isEmpty()) {
      throw new UnsupportedException(
          "reads times by TimestampFormats, which this job does not: it takes ISO 8601 and numbers,"
              + " so bring them into that form by --record.transformer, and take TimestampFormats"
              + " out");
    }
    JsonNode writer = conversion.path("OutputFormatConfiguration").path("Serializer");
    if (!writer.path("ParquetSerDe").isObject()) {
      throw new UnsupportedException(
          "converts records to a format that is not Parquet (ORC, it seems), which this job does not:"
              + " give --format.type=parquet or avro, and take DataFormatConversionConfiguration"
              + " out");
    }
    String compression = writer.path("ParquetSerDe").path("Compression").asText("SNAPPY");
    Map<String, String> options = new LinkedHashMap<>();
    options.put("format.type", "parquet");
    options.put("format.compression", compression.toLowerCase(Locale.ROOT));
    options.put("format.unknown-fields", "ignore");
    return options;
  }

  private static void refuseRenaming(JsonNode openX) throws UnsupportedException {
    boolean renames =
        !openX.path("ColumnToJsonKeyMappings").isEmpty()
            || openX.path("ConvertDotsInJsonKeysToUnderscores").asBoolean(false);
    if (renames) {
      throw new UnsupportedException(
          "renames fields (ColumnToJsonKeyMappings, ConvertDotsInJsonKeysToUnderscores): name the"
              + " fields in --format.schema as records have them, or rename them by"
              + " --record.transformer, and take these settings out");
    }
  }
}
