package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that finds one value in a record. Used by one thread. */
interface KeyExpression extends AutoCloseable {
  /**
   * The value; a JSON null if there is none.
   *
   * @throws UnpartitionableException if it cannot be evaluated on this record
   */
  JsonNode evaluate(JsonNode record) throws UnpartitionableException, InterruptedException;

  @Override
  default void close() {}
}
