package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/**
 * The partition keys of records.
 *
 * <p>Each key of the query is found in the cheapest way that its expression allows: plain fields
 * without jq; expressions that look at the record once in the caller's thread; all others in a
 * thread of their own with a limit of time. One thread; close it.
 */
public final class KeyExtractor implements AutoCloseable {
  private final Map<String, KeyExpression> byName = new LinkedHashMap<>();
  private final @Nullable KeyExpression wholeQuery;
  private final @Nullable KeyFunction function;
  private final @Nullable KeyExpression eventTime;
  private final EventTimeKind eventTimeKind;

  /**
   * Compiles everything.
   *
   * @param loader of a user's classes
   * @throws InvalidKeysException if something cannot be compiled or found
   */
  public KeyExtractor(KeySettings settings, ClassLoader loader) throws InvalidKeysException {
    Optional<Map<String, String>> parts = KeyQuery.expressions(settings.query);
    if (parts.isPresent()) {
      for (Map.Entry<String, String> part : parts.get().entrySet()) {
        byName.put(part.getKey(), expression(part.getValue(), settings));
      }
    }
    wholeQuery =
        parts.isPresent() || settings.query.isBlank() ? null : expression(settings.query, settings);
    for (Map.Entry<String, String> path : settings.jsonPaths.entrySet()) {
      byName.put(path.getKey(), new JsonPathExpression(path.getValue()));
    }
    function = settings.function.isEmpty() ? null : function(settings.function, loader);
    eventTime =
        settings.eventTimeField.isEmpty() ? null : expression(settings.eventTimeField, settings);
    eventTimeKind = settings.eventTimeKind;
  }

  private static KeyExpression expression(String text, KeySettings settings)
      throws InvalidKeysException {
    Optional<FieldPath> path = FieldPath.parse(text);
    if (path.isPresent()) {
      return path.get();
    }
    try {
      JqExpression jq = new JqExpression(text);
      return LinearExpressions.contains(text) ? jq : new GuardedExpression(jq, settings.limit);
    } catch (JsonQueryException e) {
      throw new InvalidKeysException(
          "'" + text + "' is no expression of jq 1.6: " + e.getMessage());
    }
  }

  private static KeyFunction function(String name, ClassLoader loader) throws InvalidKeysException {
    try {
      return Class.forName(name, true, loader)
          .asSubclass(KeyFunction.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new InvalidKeysException(
          "'"
              + name
              + "' must be a KeyFunction with a public constructor without parameters: "
              + e);
    }
  }

  /** Names that are known before any record; empty if only jq or a function knows them. */
  public Optional<List<String>> names() {
    return wholeQuery == null && function == null
        ? Optional.of(new ArrayList<>(byName.keySet()))
        : Optional.empty();
  }

  /** A faster way to the same partitions; nothing if keys or times are more than plain fields. */
  public Optional<PlainKeys> plain() {
    return wholeQuery == null && function == null && eventTime == null
        ? Optional.ofNullable(PlainKeys.of(byName))
        : Optional.empty();
  }

  /** Whether anything is asked of records; if not, they need not be JSON for the sake of keys. */
  public boolean readsRecords() {
    return !byName.isEmpty() || wholeQuery != null || function != null || eventTime != null;
  }

  /** Whether {@link #eventTime} may be asked. */
  public boolean hasEventTime() {
    return eventTime != null;
  }

  /**
   * Values by name, none of them missing.
   *
   * @throws UnpartitionableException if a key is null or missing, an object or an array, or cannot
   *     be found
   */
  public Map<String, String> extract(JsonNode record)
      throws UnpartitionableException, InterruptedException {
    Map<String, String> keys = new HashMap<>();
    for (Map.Entry<String, KeyExpression> key : byName.entrySet()) {
      keys.put(key.getKey(), text(key.getKey(), key.getValue().evaluate(record)));
    }
    if (wholeQuery != null) {
      JsonNode all = wholeQuery.evaluate(record);
      if (!all.isObject()) {
        throw new UnpartitionableException("The query gives " + JsonTypes.nameOf(all));
      }
      for (Map.Entry<String, JsonNode> key : all.properties()) {
        keys.put(key.getKey(), text(key.getKey(), key.getValue()));
      }
    }
    if (function != null) {
      keys.putAll(function.keys(record));
    }
    return keys;
  }

  private static String text(String name, JsonNode value) throws UnpartitionableException {
    if (value.isNull()) {
      throw new UnpartitionableException(
          "Partition key '" + name + "' is null, or the record does not have it");
    }
    if (!value.isValueNode()) {
      throw new UnpartitionableException(
          String.format(
              "Partition key '%s' must be a text, a number or a boolean, but is %s",
              name, JsonTypes.nameOf(value)));
    }
    return value.asText();
  }

  /**
   * When the record's event happened.
   *
   * @throws UnpartitionableException if the record does not say
   */
  public Instant eventTime(JsonNode record) throws UnpartitionableException, InterruptedException {
    if (eventTime == null) {
      throw new IllegalStateException("No field of event time is set");
    }
    return eventTimeKind.read(eventTime.evaluate(record), eventTime);
  }

  @Override
  public void close() {
    byName.values().forEach(KeyExpression::close);
    if (wholeQuery != null) {
      wholeQuery.close();
    }
    if (eventTime != null) {
      eventTime.close();
    }
  }
}
