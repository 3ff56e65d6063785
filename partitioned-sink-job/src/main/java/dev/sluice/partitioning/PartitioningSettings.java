package dev.sluice.partitioning;

import static dev.sluice.partitioning.DeliveryOptions.OUTPUT_PATH;
import static dev.sluice.partitioning.PartitionedSinkOptions.SOURCE;
import static dev.sluice.partitioning.PartitioningOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.record.DelimiterSplitter;
import dev.sluice.common.record.GzipDecoder;
import dev.sluice.common.record.JsonLinesSplitter;
import dev.sluice.common.record.JsonSplitter;
import dev.sluice.common.record.RecordSplitter;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.partitioning.PartitionedSinkOptions.SourceType;
import dev.sluice.partitioning.format.RowEncoder;
import dev.sluice.partitioning.format.ZstdDecoder;
import dev.sluice.partitioning.keys.InvalidKeysException;
import dev.sluice.partitioning.keys.KeyExtractor;
import dev.sluice.partitioning.keys.KeySettings;
import dev.sluice.partitioning.prefix.InvalidPrefixException;
import dev.sluice.partitioning.prefix.PathEscaping;
import dev.sluice.partitioning.prefix.PrefixTemplate;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From the bytes of a record to its partition, checked; mistakes wait in the arguments. */
final class PartitioningSettings {
  private static final int MAX_DECOMPRESSED = 64 << 20;
  private static final String SAMPLE_QUERY =
      "{customer_id: .customer_id, device: .type.device,"
          + " day: .event_timestamp | strftime(\"%Y-%m-%d\")}";
  private static final String SAMPLE_PREFIX =
      "customer_id=!{partitionKeyFromQuery:customer_id}/device=!{partitionKeyFromQuery:device}"
          + "/day=!{partitionKeyFromQuery:day}/";

  final ZoneId zone;
  final ErrorPrefix errorPrefix;
  private final JobArguments arguments;
  private final boolean wholeObjects;
  private final KeySettings keys;
  private final PrefixTemplate prefix;

  /**
   * @param sample whether the input is the sample clickstream
   * @param wholeObjects whether a record of the source is a whole object
   */
  PartitioningSettings(JobArguments arguments, boolean sample, boolean wholeObjects) {
    this.arguments = arguments;
    this.wholeObjects = wholeObjects;
    zone = zone();
    boolean plain = sample && !arguments.isSet(QUERY) && !arguments.isSet(PREFIX);
    keys =
        new KeySettings(
            arguments.find(QUERY).orElse(plain ? SAMPLE_QUERY : ""),
            jsonPaths(),
            arguments.find(KEY_FUNCTION).orElse(""),
            arguments.get(QUERY_LIMIT),
            arguments.find(EVENT_TIME_FIELD).orElse(null),
            arguments.get(EVENT_TIME_KIND));
    prefix = template(PREFIX, arguments.find(PREFIX).orElse(plain ? SAMPLE_PREFIX : ""));
    errorPrefix = new ErrorPrefix(template(ERROR_PREFIX, arguments.get(ERROR_PREFIX)));
    checkKeys();
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(arguments.get(TIME_ZONE));
    } catch (DateTimeException e) {
      mistake(TIME_ZONE, "must be a time zone, such as UTC or Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }

  private Map<String, String> jsonPaths() {
    Map<String, String> paths = new LinkedHashMap<>();
    for (String entry : arguments.get(JSON_PATHS)) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        mistake(JSON_PATHS, "must have the form name=$.path");
      } else {
        paths.put(entry.substring(0, equals).trim(), entry.substring(equals + 1).trim());
      }
    }
    return paths;
  }

  private PrefixTemplate template(JobOption<String> option, String text) {
    try {
      return option.equals(PREFIX)
          ? PrefixTemplate.ofData(text, zone)
          : PrefixTemplate.ofErrors(text, zone);
    } catch (InvalidPrefixException e) {
      e.mistakes().forEach(rule -> mistake(option, "is no prefix: " + rule));
      return empty();
    }
  }

  private static PrefixTemplate empty() {
    try {
      return PrefixTemplate.ofErrors("", ZoneOffset.UTC);
    } catch (InvalidPrefixException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compiles everything once where main() runs, so that no task finds the first mistake. */
  private void checkKeys() {
    try (KeyExtractor extractor = new KeyExtractor(keys, loader())) {
      if (prefix.needsEventTime() && !extractor.hasEventTime()) {
        mistake(EVENT_TIME_FIELD, "must be set: the prefix has !{eventTimestamp:…}");
      }
      extractor.names().ifPresent(this::checkNames);
    } catch (InvalidKeysException e) {
      mistake(QUERY, "cannot give keys: " + e.getMessage());
    }
    if (!prefix.lambdaKeys().isEmpty() && !arguments.isSet(TRANSFORMER)) {
      mistake(TRANSFORMER, "must be set: the prefix has !{partitionKeyFromLambda:…}");
    }
  }

  private void checkNames(List<String> names) {
    TreeSet<String> missing = new TreeSet<>(prefix.queryKeys());
    missing.removeAll(names);
    for (String name : missing) {
      mistake(PREFIX, "names the key '" + name + "', which nothing gives");
    }
    TreeSet<String> unused = new TreeSet<>(names);
    unused.removeAll(prefix.queryKeys());
    for (String name : unused) {
      mistake(PREFIX, "must have all keys of the query, but has no '" + name + "'");
    }
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  private void mistake(JobOption<?> option, String rule) {
    arguments.check(problems -> problems.require(false, option, rule));
  }

  /**
   * @param output folder of the objects; empty if nothing is written
   */
  Partitioning partitioning(String output, RowEncoder rows, boolean mayBeRefused) {
    int room = KeyLength.ofPrefix(output);
    arguments.check(
        problems ->
            problems.require(
                errorPrefix.all().stream().allMatch(one -> PathEscaping.utf8Length(one) <= room),
                OUTPUT_PATH,
                "is too long: S3 takes keys of 1,024 bytes, and no object of the error prefix fits",
                ERROR_PREFIX));

    return new Partitioning(
        decoder(),
        splitter(),
        transformer().map(List::of).orElse(List.of()),
        new PartitionNaming(keys, prefix, errorPrefix, room),
        rows,
        mayBeRefused);
  }

  private Optional<RecordTransformer> decoder() {
    switch (arguments.get(DECOMPRESSION)) {
      case GZIP:
        return Optional.of(forSource(new GzipDecoder(MAX_DECOMPRESSED)));
      case ZSTD:
        return Optional.of(forSource(new ZstdDecoder(MAX_DECOMPRESSED)));
      default:
        return Optional.empty();
    }
  }

  private RecordTransformer forSource(RecordTransformer decoder) {
    boolean redrives = arguments.get(SOURCE) == SourceType.DEAD_LETTERS;
    return redrives ? new DecodeUnlessPlain(decoder) : decoder;
  }

  private Optional<RecordSplitter> splitter() {
    Deaggregation standard = wholeObjects ? Deaggregation.JSON_LINES : Deaggregation.NONE;
    switch (arguments.find(DEAGGREGATION).orElse(standard)) {
      case JSON:
        return Optional.of(new JsonSplitter());
      case JSON_LINES:
        return Optional.of(new JsonLinesSplitter());
      case DELIMITED:
        String delimiter = arguments.find(DELIMITER).orElse("\n");
        return Optional.of(new DelimiterSplitter(delimiter.getBytes(StandardCharsets.UTF_8)));
      default:
        return Optional.empty();
    }
  }

  private Optional<RecordTransformer> transformer() {
    @Nullable String name = arguments.find(TRANSFORMER).orElse(null);
    if (name == null) {
      return Optional.empty();
    }
    try {
      Object made = Class.forName(name, true, loader()).getDeclaredConstructor().newInstance();
      return Optional.of((RecordTransformer) made);
    } catch (ReflectiveOperationException | ClassCastException e) {
      mistake(TRANSFORMER, "must be a RecordTransformer with a public constructor: " + e);
      return Optional.empty();
    }
  }
}
