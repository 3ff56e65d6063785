package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Partition keys by code of a user's own. One instance per subtask, with a public constructor
 * without parameters, used by one thread; the same record must always give the same keys.
 */
@FunctionalInterface
public interface KeyFunction {
  /**
   * Values for {@code !{partitionKeyFromQuery:name}}, by name.
   *
   * @param record parsed; not to be changed
   * @throws UnpartitionableException if the record has none; it becomes a dead letter
   */
  Map<String, String> keys(JsonNode record) throws UnpartitionableException;
}
