package dev.sluice.partitioning.prefix;

import dev.sluice.partitioning.prefix.PrefixPart.Kind;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A prefix of object names in the grammar of Amazon Data Firehose: {@code
 * !{partitionKeyFromQuery:key}}, {@code !{partitionKeyFromLambda:key}}, {@code
 * !{timestamp:pattern}} (arrival of the oldest record of the object), {@code
 * !{firehose:random-string}}, {@code !{firehose:error-output-type}} (error prefixes only), and
 * {@code !{eventTimestamp:pattern}}.
 *
 * <p>A record's prefix is filled in as far as the record knows it; what only an object knows still
 * stands in it as it was written ({@link ObjectPrefix} fills it in). Values cannot forge such an
 * expression, since their braces are escaped.
 *
 * <p>Immutable and thread-safe.
 */
public final class PrefixTemplate implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What Firehose appends to a prefix that has neither a partition key nor a time. */
  private static final String DEFAULT_TIME = "yyyy/MM/dd/HH/";

  private final String text;
  private final ArrayList<PrefixPart> parts;

  private PrefixTemplate(String text, List<PrefixPart> parts) {
    this.text = text;
    this.parts = new ArrayList<>(parts);
  }

  /**
   * The prefix of records.
   *
   * @param zone of its times
   * @throws InvalidPrefixException with all mistakes
   */
  public static PrefixTemplate ofData(String text, ZoneId zone) throws InvalidPrefixException {
    PrefixTemplate template = new PrefixTemplate(text, new PrefixParser(text, zone).parse());
    template.refuse(Kind.ERROR_TYPE, "'error-output-type' belongs into error prefixes");
    boolean keys = template.has(Kind.QUERY_KEY) || template.has(Kind.LAMBDA_KEY);
    if (!keys && !template.has(Kind.ARRIVAL_TIME) && !template.has(Kind.EVENT_TIME)) {
      template.parts.add(new PrefixPart(Kind.ARRIVAL_TIME, DEFAULT_TIME, zone));
    }
    return template;
  }

  /**
   * The prefix of dead letters; it may not name partition keys, since dead letters have none.
   *
   * @throws InvalidPrefixException with all mistakes
   */
  public static PrefixTemplate ofErrors(String text, ZoneId zone) throws InvalidPrefixException {
    PrefixTemplate template = new PrefixTemplate(text, new PrefixParser(text, zone).parse());
    template.refuse(Kind.QUERY_KEY, "an error prefix has no partition keys");
    template.refuse(Kind.LAMBDA_KEY, "an error prefix has no partition keys");
    template.refuse(Kind.EVENT_TIME, "an error prefix has no event time");
    return template;
  }

  private void refuse(Kind kind, String rule) throws InvalidPrefixException {
    if (has(kind)) {
      int position = text.indexOf("!{" + kind.opening) + 1;
      throw new InvalidPrefixException(List.of("at position " + position + ": " + rule));
    }
  }

  private boolean has(Kind kind) {
    return parts.stream().anyMatch(part -> part.kind == kind);
  }

  /** Names of the keys from the query. */
  public Set<String> queryKeys() {
    return names(Kind.QUERY_KEY);
  }

  /** Names of the keys from a transformer. */
  public Set<String> lambdaKeys() {
    return names(Kind.LAMBDA_KEY);
  }

  private Set<String> names(Kind kind) {
    return parts.stream()
        .filter(part -> part.kind == kind)
        .map(part -> part.text)
        .collect(Collectors.toSet());
  }

  /** Whether records need an event time. */
  public boolean needsEventTime() {
    return has(Kind.EVENT_TIME);
  }

  /**
   * As far as a record knows it.
   *
   * @param queryKeys all of {@link #queryKeys()}, at least
   * @param lambdaKeys all of {@link #lambdaKeys()}, at least
   * @param eventTime null unless {@link #needsEventTime}
   */
  public String forRecord(
      Map<String, String> queryKeys, Map<String, String> lambdaKeys, @Nullable Instant eventTime) {
    StringBuilder prefix = new StringBuilder(96);
    for (PrefixPart part : parts) {
      part.append(prefix, queryKeys, lambdaKeys, eventTime);
    }
    return prefix.toString();
  }

  /**
   * As far as a dead letter knows it.
   *
   * @param type in place of {@code error-output-type}
   */
  public String forError(String type) {
    StringBuilder prefix = new StringBuilder(96);
    for (PrefixPart part : parts) {
      if (part.kind == Kind.ERROR_TYPE) {
        prefix.append(type);
      } else {
        part.append(prefix, Map.of(), Map.of(), null);
      }
    }
    return prefix.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
