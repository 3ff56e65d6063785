package dev.sluice.partitioning.format;

import java.util.List;

/** The formats in which records are written. */
public final class ObjectFormats {
  /** Size of a Parquet row group: many objects are written at a time, so less than usual. */
  public static final int ROW_GROUP_BYTES = 16 << 20;

  private static final byte[] NEW_LINE = {'\n'};
  private static final byte[] NOTHING = {};

  private ObjectFormats() {}

  /**
   * A line for each JSON record, which stays as it is except for line ends in it: what Firehose
   * writes with its processor {@code AppendDelimiterToRecord}.
   */
  public static RecordFormat jsonLines(Compression compression) {
    return new RecordFormat(new JsonLineRows(), text(NEW_LINE, compression));
  }

  /** Records of any kind, each with a line end behind it that may also stand in records. */
  public static RecordFormat lines(Compression compression) {
    return new RecordFormat(new VerbatimRows(), text(NEW_LINE, compression));
  }

  /** Records of any kind one behind the other with nothing between: Firehose's default. */
  public static RecordFormat verbatim(Compression compression) {
    return new RecordFormat(new VerbatimRows(), text(NOTHING, compression));
  }

  /** CSV (RFC 4180) without a header. */
  public static RecordFormat csv(List<CsvColumn> columns, Compression compression) {
    return new RecordFormat(
        new CsvRows(columns), new TextFormat(".csv", null, CsvRows.lineEnd(), compression));
  }

  /** CSV (RFC 4180), each object with the columns' names as its first line. */
  public static RecordFormat csvWithHeader(List<CsvColumn> columns, Compression compression) {
    CsvRows rows = new CsvRows(columns);
    return new RecordFormat(
        rows, new TextFormat(".csv", rows.header(), CsvRows.lineEnd(), compression));
  }

  /** Avro's container files; rows by a schema. */
  public static RecordFormat avro(RecordSchema schema, UnknownFields unknown, AvroCodec codec) {
    return new RecordFormat(new AvroRows(schema, unknown), new AvroFormat(schema, codec));
  }

  /**
   * Parquet; rows by a schema.
   *
   * @param rowGroupBytes that are in memory for each object while it is written; {@link
   *     #ROW_GROUP_BYTES} unless there is a reason
   * @throws IllegalArgumentException if Parquet cannot hold the schema
   */
  public static RecordFormat parquet(
      RecordSchema schema, UnknownFields unknown, ParquetCodec codec, int rowGroupBytes) {
    return new RecordFormat(
        new AvroRows(schema, unknown), new ParquetFormat(schema, codec, rowGroupBytes));
  }

  /** Dead letters: rows are lines of {@code DeadLetterJson}. */
  public static ObjectFormat deadLetters(Compression compression) {
    return text(NEW_LINE, compression);
  }

  private static ObjectFormat text(byte[] rowEnd, Compression compression) {
    return new TextFormat("", null, rowEnd, compression);
  }
}
