package dev.sluice.udf;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.table.api.TableEnvironment;

/** The names of all functions: the one place that knows them. Stateless. */
public final class UdfRegistry {
  private static final List<Udf> ALL =
      List.of(
          new Udf(
              "HASH",
              "(text STRING) BIGINT",
              "Java's hash of a text times 12; a word of Flink's SQL, so write it in backticks",
              Hash::new),
          new Udf("JAVA_HASH", "(text STRING) BIGINT", "The same under a free name", Hash::new),
          new Udf(
              "MURMUR3",
              "(text STRING [, seed INT]) INT",
              "MurmurHash3, 32 bits, of the text in UTF-8",
              Murmur3::new),
          new Udf(
              "SHA256_HEX",
              "(text STRING [, salt STRING]) STRING",
              "SHA-256 of salt and text in UTF-8, as hexadecimal digits",
              Sha256Hex::new),
          new Udf("TO_LOWER", "(text STRING) STRING", "The text in lower case", ToLower::new),
          new Udf(
              "DT_TO_EPOCH",
              "(time TIMESTAMP [, zone STRING]) BIGINT",
              "Seconds since the epoch of a time in UTC or in a zone; of a TIMESTAMP_LTZ too",
              DtToEpoch::new),
          new Udf(
              "TRY_DT_TO_EPOCH",
              "(time TIMESTAMP, zone STRING) BIGINT",
              "The same, NULL if there is no such zone",
              TryDtToEpoch::new),
          new Udf(
              "EPOCH_TO_DT",
              "(seconds BIGINT [, zone STRING]) TIMESTAMP(3)",
              "The time in UTC or in a zone of seconds since the epoch",
              EpochToDt::new),
          new Udf(
              "TRY_EPOCH_TO_DT",
              "(seconds BIGINT [, zone STRING]) TIMESTAMP(3)",
              "The same, NULL if out of the years 1 to 9999 or if there is no such zone",
              TryEpochToDt::new),
          new Udf(
              "JSON_QUERY_JQ",
              "(json STRING, expression STRING) STRING",
              "The one value of an expression of jq 1.6",
              JsonQueryJq::new),
          new Udf(
              "TRY_JSON_QUERY_JQ",
              "(json STRING, expression STRING) STRING",
              "The same, NULL if it is no JSON or the expression fails on it",
              TryJsonQueryJq::new),
          new Udf(
              "EXPLODE_JSON",
              "(json STRING) TABLE(idx INT, item STRING)",
              "A row for each element of a JSON array",
              ExplodeJson::new),
          new Udf(
              "TRY_EXPLODE_JSON",
              "(json STRING) TABLE(idx INT, item STRING)",
              "The same, no row if it is no JSON array",
              TryExplodeJson::new),
          new Udf(
              "VWAP",
              "(price DOUBLE, volume BIGINT) DOUBLE, aggregate",
              "The average price weighted by volume",
              Vwap::new),
          new Udf(
              "EMA",
              "(price DOUBLE, time TIMESTAMP, half-life INTERVAL) DOUBLE, aggregate",
              "The exponential moving average by time; of a TIMESTAMP_LTZ too",
              Ema::new));

  private static final Map<String, Udf> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Udf::name, Function.identity()));

  private UdfRegistry() {}

  /** All functions. */
  public static List<Udf> all() {
    return ALL;
  }

  /** The function of a name, in any case of letters. */
  public static Optional<Udf> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toUpperCase(Locale.ROOT)));
  }

  /** Makes all functions known in an environment, under their names, as temporary ones. */
  public static void register(TableEnvironment tables) {
    ALL.forEach(udf -> tables.createTemporarySystemFunction(udf.name(), udf.function()));
  }
}
