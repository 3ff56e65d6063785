package dev.sluice.partitioning.format;

/**
 * A record does not fit the schema or the format of the objects. The message names the field and
 * the rule, never the value: it goes into logs and error records that more people read than the
 * data.
 *
 * <p>Has no stack trace: it is about data, and a stream may hold many such records.
 */
public final class UnfitRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String rule;

  /**
   * For the record itself, until {@link #in} says which field of it.
   *
   * @param rule what is wrong, as a sentence that begins behind the record's or field's name
   */
  UnfitRecordException(String rule) {
    this("", rule);
  }

  private UnfitRecordException(String path, String rule) {
    super((path.isEmpty() ? "Record " : "Field '" + path + "' ") + rule, null, false, false);
    this.path = path;
    this.rule = rule;
  }

  /** The same in an outer field; {@code name} is a field's name or {@code [index]}. */
  UnfitRecordException in(String name) {
    boolean joins = path.isEmpty() || path.startsWith("[");
    return new UnfitRecordException(name + (joins ? "" : ".") + path, rule);
  }
}
