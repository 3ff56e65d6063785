package dev.sluice.partitioning.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/**
 * A column of CSV and where its values stand in a record.
 *
 * <p>Immutable.
 */
public final class CsvColumn implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final JsonPointer pointer;

  private CsvColumn(String name, JsonPointer pointer) {
    this.name = name;
    this.pointer = pointer;
  }

  /**
   * Reads {@code name}, for the field of that name, or {@code name=/a/b}, with a JSON pointer (RFC
   * 6901) to the field.
   *
   * @throws IllegalArgumentException if the name is empty or the pointer is none
   */
  public static CsvColumn parse(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("Column must have a name, but was '" + text + "'");
    }
    if (equals < 0) {
      return new CsvColumn(name, JsonPointer.empty().appendProperty(name));
    }
    String pointer = text.substring(equals + 1);
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "Column must be name or name=/json/pointer, but was '" + text + "'");
    }
    return new CsvColumn(name, JsonPointer.compile(pointer));
  }

  /** The column's name in the header. */
  public String name() {
    return name;
  }

  /** The column's value in a record; a missing node if it has none. */
  JsonNode in(JsonNode record) {
    return record.at(pointer);
  }
}
