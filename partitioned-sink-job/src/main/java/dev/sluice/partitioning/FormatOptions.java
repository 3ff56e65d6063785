package dev.sluice.partitioning;

import dev.sluice.common.config.JobOption;
import dev.sluice.partitioning.format.Compression;
import dev.sluice.partitioning.format.FormatType;
import dev.sluice.partitioning.format.ObjectFormats;
import dev.sluice.partitioning.format.UnknownFields;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Options of how records stand in objects. */
final class FormatOptions {
  static final JobOption<FormatType> TYPE =
      JobOption.ofEnum("format.type", FormatType.class)
          .defaultTo(FormatType.JSON)
          .describedAs("What objects are: the records' own JSON, or rows made of them.");

  static final JobOption<Compression> COMPRESSION =
      JobOption.ofEnum("format.compression", Compression.class)
          .defaultDescribedAs("uncompressed; snappy for parquet")
          .describedAs(
              "How objects are compressed: JSON and CSV as a whole, in any of these ways; Avro's"
                  + " blocks by gzip (deflate), zstd or snappy; Parquet's pages by gzip, zstd or"
                  + " snappy.");

  static final JobOption<Boolean> APPEND_NEWLINE =
      JobOption.ofBoolean("format.append-newline")
          .defaultTo(true)
          .describedAs("Whether a line feed ends each JSON record.");

  static final JobOption<String> SCHEMA =
      JobOption.ofLocation("format.schema")
          .defaultDescribedAs("none; required for avro and parquet")
          .describedAs(
              "File with the Avro schema (.avsc) of the rows, on any file system of Flink's; a"
                  + " record that does not fit it is a dead letter.");

  static final JobOption<UnknownFields> UNKNOWN_FIELDS =
      JobOption.ofEnum("format.unknown-fields", UnknownFields.class)
          .defaultTo(UnknownFields.REJECT)
          .describedAs(
              "Whether a record with a field that the schema lacks does not fit, or loses the field"
                  + " as in Firehose.");

  static final JobOption<List<String>> COLUMNS =
      JobOption.ofStrings("format.columns")
          .defaultDescribedAs("none; required for csv")
          .notEmpty()
          .describedAs(
              "Columns of CSV, each name or name=/json/pointer; fields that are no column are left"
                  + " out.");

  static final JobOption<Boolean> HEADER =
      JobOption.ofBoolean("format.header")
          .defaultTo(false)
          .describedAs("Whether each object of CSV begins with the names of its columns.");

  static final JobOption<MemorySize> ROW_GROUP_SIZE =
      JobOption.ofMemorySize("format.row-group-size")
          .defaultTo(new MemorySize(ObjectFormats.ROW_GROUP_BYTES))
          .where(
              size -> size.getBytes() >= 64 << 10 && size.getBytes() <= 1 << 30,
              "must be between 64 kb and 1 gb")
          .describedAs(
              "Bytes of a row group of Parquet; as many are in memory for each upload thread.");

  /** In the order of the tables. */
  static final List<JobOption<?>> ALL =
      List.of(
          TYPE,
          COMPRESSION,
          APPEND_NEWLINE,
          SCHEMA,
          UNKNOWN_FIELDS,
          COLUMNS,
          HEADER,
          ROW_GROUP_SIZE);

  private FormatOptions() {}
}
