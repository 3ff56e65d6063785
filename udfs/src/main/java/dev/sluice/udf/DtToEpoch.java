package dev.sluice.udf;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.jspecify.annotations.Nullable;

/**
 * {@code DT_TO_EPOCH(time [, zone])}: seconds since 1970-01-01T00:00:00Z, rounded down.
 *
 * <p>A {@code TIMESTAMP} is in UTC or in the zone, which is a name as {@code 'Europe/Berlin'} or an
 * offset as {@code '+01:00'}. A time that the zone leaves out in spring is taken as an hour later,
 * one that it has twice in autumn as the first. A {@code TIMESTAMP_LTZ} is a point in time, which
 * the zone does not change.
 */
public final class DtToEpoch extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  private final TimeZones zones = new TimeZones();

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InputTypeStrategies.or(
                InputTypeStrategies.sequence(new TimeArgument()),
                InputTypeStrategies.sequence(
                    new TimeArgument(), InputTypeStrategies.explicit(DataTypes.STRING()))))
        .outputTypeStrategy(TypeStrategies.explicit(DataTypes.BIGINT()))
        .build();
  }

  /** Of a time in UTC; NULL of NULL. */
  public @Nullable Long eval(@Nullable LocalDateTime time) {
    return time == null ? null : time.toEpochSecond(ZoneOffset.UTC);
  }

  /** NULL of NULL. */
  public @Nullable Long eval(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  /**
   * Of a time in a zone; NULL if one of the two is NULL.
   *
   * @throws InvalidInputException if there is no such zone
   */
  public @Nullable Long eval(@Nullable LocalDateTime time, @Nullable String zone) {
    return time == null || zone == null ? null : time.atZone(zones.of(zone)).toEpochSecond();
  }

  /**
   * Of a point in time, whatever the zone; NULL if one of the two is NULL.
   *
   * @throws InvalidInputException if there is no such zone
   */
  public @Nullable Long eval(@Nullable Instant time, @Nullable String zone) {
    return time == null || zone == null ? null : time.atZone(zones.of(zone)).toEpochSecond();
  }
}
