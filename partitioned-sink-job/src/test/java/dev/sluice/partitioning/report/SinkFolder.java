package dev.sluice.partitioning.report;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.partitioning.format.Compression;
import dev.sluice.partitioning.format.ListRows;
import dev.sluice.partitioning.format.ObjectFormat;
import dev.sluice.partitioning.format.ObjectFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** The output folder of a run, as the job's sink leaves it, written by hand. */
final class SinkFolder {
  static final String ERRORS = "errors/processing-failed/2026/01/01/";

  final Path path;
  private int objects;

  SinkFolder(Path path) {
    this.path = path;
  }

  SinkRun run() {
    return SinkRun.writtenTo(new org.apache.flink.core.fs.Path(path.toUri()), "sluice")
        .withErrorPrefixes(List.of("errors/processing-failed/!{timestamp:yyyy/MM/dd}/"))
        .withLines(true);
  }

  /** An object with this many records of ten bytes, their line ends included. */
  SinkFolder object(String prefix, int records) throws IOException {
    write(prefix + name(""), "{\"a\": 12}\n".repeat(records).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  SinkFolder object(String prefix, Compression compression, int records) throws IOException {
    ObjectFormat lines = ObjectFormats.jsonLines(compression).objects();
    byte[] row = "{}".getBytes(StandardCharsets.UTF_8);
    byte[] object = ListRows.write(lines, Collections.nCopies(records, row));
    return write(prefix + name(compression.extension()), object);
  }

  SinkFolder deadLetter(String code, String source, String payload) throws IOException {
    DeadLetter letter =
        DeadLetter.builder("partition-records", code, "Cannot place '" + source + "'")
            .from(source, payload.length())
            .carrying(payload.getBytes(StandardCharsets.UTF_8))
            .at(0)
            .build();
    write(ERRORS + name(""), DeadLetterJson.write(letter));
    return this;
  }

  /** A name as Firehose makes it, each another one. */
  String name(String extension) {
    return "sluice-1-2026-01-01-00-00-00-" + new UUID(0, objects++) + extension;
  }

  SinkFolder write(String file, byte[] content) throws IOException {
    Files.write(file(file), content);
    return this;
  }

  private Path file(String name) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** The report as text, by way of the file. */
  String page(SinkRun run) throws IOException {
    Path file = path.resolve("report.html");
    SinkReport.write(run, new org.apache.flink.core.fs.Path(file.toUri()));
    return Files.readString(file);
  }
}
