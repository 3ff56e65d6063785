package dev.sluice.common.sink.file;

import java.io.IOException;
import java.io.Serializable;

/**
 * Turns a record into one line of a text file.
 *
 * @param <T> the record; it is not changed
 */
@FunctionalInterface
public interface LineFormat<T> extends Serializable {
  /**
   * The line in UTF-8, without its end and without a line feed inside.
   *
   * @throws IOException if the record has no such form; this fails the task
   */
  byte[] format(T record) throws IOException;
}
