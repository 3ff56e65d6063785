package dev.sluice.partitioning;

import static dev.sluice.partitioning.FormatOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Origin;
import dev.sluice.partitioning.format.AvroCodec;
import dev.sluice.partitioning.format.Compression;
import dev.sluice.partitioning.format.CsvColumn;
import dev.sluice.partitioning.format.FormatType;
import dev.sluice.partitioning.format.ObjectFormats;
import dev.sluice.partitioning.format.ParquetCodec;
import dev.sluice.partitioning.format.RecordFormat;
import dev.sluice.partitioning.format.RecordSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How records stand in objects, checked; mistakes wait in the arguments. An option that the format
 * has no use for is a mistake, too: whoever set it expects something of it.
 */
final class FormatSettings {
  private static final Map<FormatType, List<JobOption<?>>> OWN =
      Map.of(
          FormatType.JSON, List.of(APPEND_NEWLINE),
          FormatType.CSV, List.of(COLUMNS, HEADER),
          FormatType.AVRO, List.of(SCHEMA, UNKNOWN_FIELDS),
          FormatType.PARQUET, List.of(SCHEMA, UNKNOWN_FIELDS, ROW_GROUP_SIZE));

  /** What stands in for the right one after a mistake; it is never used. */
  private static final RecordFormat NONE = ObjectFormats.verbatim(Compression.UNCOMPRESSED);

  private final JobArguments arguments;
  private final FormatType type;

  FormatSettings(JobArguments arguments) {
    this.arguments = arguments;
    this.type = arguments.get(TYPE);
    for (JobOption<?> option : ALL) {
      if (OWN.values().stream().anyMatch(own -> own.contains(option))
          && !OWN.getOrDefault(type, List.of()).contains(option)
          && arguments.isSet(option)
          && !isFirehoses(option)) {
        mistake(option, "must not be set for '--format.type=" + shown() + "'");
      }
    }
  }

  /** Its configuration stays as it is when somebody wants another format than Firehose had. */
  private boolean isFirehoses(JobOption<?> option) {
    return arguments
        .find(PartitioningOptions.FIREHOSE)
        .map(file -> arguments.origin(option).equals(Origin.foreignFile(file)))
        .orElse(false);
  }

  RecordFormat format() {
    switch (type) {
      case CSV:
        return csv();
      case AVRO:
        return schema().map(this::avro).orElse(NONE);
      case PARQUET:
        return schema().map(this::parquet).orElse(NONE);
      case JSON:
      default:
        return arguments.get(APPEND_NEWLINE)
            ? ObjectFormats.jsonLines(compression())
            : ObjectFormats.verbatim(compression());
    }
  }

  /** Whether rows are made by a schema, which Firehose calls format conversion. */
  boolean converts() {
    return type == FormatType.AVRO || type == FormatType.PARQUET;
  }

  private RecordFormat csv() {
    List<CsvColumn> columns = new ArrayList<>();
    for (String column : arguments.find(COLUMNS).orElse(List.of())) {
      try {
        columns.add(CsvColumn.parse(column));
      } catch (IllegalArgumentException e) {
        mistake(COLUMNS, "is no list of columns: " + e.getMessage());
        return NONE;
      }
    }
    if (columns.isEmpty()) {
      mistake(COLUMNS, "must be set for '--format.type=csv'");
      return NONE;
    }
    return arguments.get(HEADER)
        ? ObjectFormats.csvWithHeader(columns, compression())
        : ObjectFormats.csv(columns, compression());
  }

  private Optional<RecordSchema> schema() {
    String file = arguments.find(SCHEMA).orElse("");
    if (file.isEmpty()) {
      mistake(SCHEMA, "must be set for '--format.type=" + shown() + "'");
      return Optional.empty();
    }
    try {
      return Optional.of(RecordSchema.parse(ConfigurationFile.read(file)));
    } catch (IOException e) {
      mistake(SCHEMA, "cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      mistake(SCHEMA, "is of no use: " + e.getMessage());
    }
    return Optional.empty();
  }

  private RecordFormat avro(RecordSchema schema) {
    return ObjectFormats.avro(schema, arguments.get(UNKNOWN_FIELDS), avroCodec());
  }

  private AvroCodec avroCodec() {
    switch (compression()) {
      case UNCOMPRESSED:
        return AvroCodec.UNCOMPRESSED;
      case GZIP:
        return AvroCodec.DEFLATE;
      case ZSTD:
        return AvroCodec.ZSTD;
      case SNAPPY:
        return AvroCodec.SNAPPY;
      default:
        mistake(COMPRESSION, "must be uncompressed, gzip, zstd or snappy for avro");
        return AvroCodec.UNCOMPRESSED;
    }
  }

  private RecordFormat parquet(RecordSchema schema) {
    try {
      return ObjectFormats.parquet(
          schema,
          arguments.get(UNKNOWN_FIELDS),
          parquetCodec(),
          (int) arguments.get(ROW_GROUP_SIZE).getBytes());
    } catch (IllegalArgumentException e) {
      mistake(SCHEMA, "is of no use: " + e.getMessage());
      return NONE;
    }
  }

  private ParquetCodec parquetCodec() {
    switch (compression()) {
      case UNCOMPRESSED:
        return ParquetCodec.UNCOMPRESSED;
      case GZIP:
        return ParquetCodec.GZIP;
      case ZSTD:
        return ParquetCodec.ZSTD;
      case SNAPPY:
        return ParquetCodec.SNAPPY;
      default:
        mistake(COMPRESSION, "must be uncompressed, gzip, zstd or snappy for parquet");
        return ParquetCodec.SNAPPY;
    }
  }

  private Compression compression() {
    Compression standard =
        type == FormatType.PARQUET ? Compression.SNAPPY : Compression.UNCOMPRESSED;
    return arguments.find(COMPRESSION).orElse(standard);
  }

  private String shown() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private void mistake(JobOption<?> option, String rule) {
    arguments.check(problems -> problems.require(false, option, rule));
  }
}
