package dev.sluice.analytics.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Rows of a table that Flink's file connector has written as JSON lines, one at a time. */
final class TableRows {
  private static final JsonMapper JSON = new JsonMapper();

  private TableRows() {}

  /** Takes a row. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(Row row) throws IOException;
  }

  /**
   * Reads the finished files of a folder, in no order; there is none if there was no row.
   *
   * @throws IOException naming file and line
   */
  static void forEach(Path folder, RowConsumer consumer) throws IOException {
    FileSystem files = folder.getFileSystem();
    FileStatus[] found = files.exists(folder) ? files.listStatus(folder) : null;
    for (FileStatus file : found == null ? new FileStatus[0] : found) {
      String name = file.getPath().getName();
      if (!file.isDir() && !name.startsWith(".") && !name.startsWith("_")) { // in progress
        read(files, file.getPath(), consumer);
      }
    }
  }

  private static void read(FileSystem files, Path file, RowConsumer consumer) throws IOException {
    int number = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        consumer.accept(new Row(JSON.readTree(line)));
      }
    } catch (JsonProcessingException | DateTimeParseException e) {
      throw new IOException("Cannot read line " + number + " of '" + file + "'", e);
    }
  }

  /** A row by its columns; what is NULL is 0 or empty. Immutable. */
  static final class Row {
    private final JsonNode json;

    Row(JsonNode json) {
      this.json = json;
    }

    String text(String column) {
      return json.path(column).asText("");
    }

    long count(String column) {
      return json.path(column).asLong();
    }

    double price(String column) {
      return json.path(column).asDouble();
    }

    /** In milliseconds since the epoch; what SQL calls a TIMESTAMP is taken as UTC. */
    long time(String column) {
      return LocalDateTime.parse(text(column)).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
  }
}
