package dev.sluice.partitioning.format;

import java.io.Serializable;

/** An encoder of rows and the format of objects that takes them; neither fits any other. */
public final class RecordFormat implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RowEncoder rows;
  private final ObjectFormat objects;

  RecordFormat(RowEncoder rows, ObjectFormat objects) {
    this.rows = rows;
    this.objects = objects;
  }

  /** Records to rows. Stateful: each subtask uses its own copy, made by deserialisation. */
  public RowEncoder rows() {
    return rows;
  }

  /** Whether each record is one line of its object, so that lines can be counted. */
  public boolean isLines() {
    return rows instanceof JsonLineRows;
  }

  /** Rows to objects. */
  public ObjectFormat objects() {
    return objects;
  }
}
