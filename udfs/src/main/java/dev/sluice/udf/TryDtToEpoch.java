package dev.sluice.udf;

import java.time.Instant;
import java.time.LocalDateTime;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.jspecify.annotations.Nullable;

/** {@code TRY_DT_TO_EPOCH(time, zone)}: {@link DtToEpoch}, NULL where there is no such zone. */
public final class TryDtToEpoch extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  private final DtToEpoch function = new DtToEpoch();
  private final FailureCounter failures = new FailureCounter("TRY_DT_TO_EPOCH");

  @Override
  public void open(FunctionContext context) {
    failures.open(context);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InputTypeStrategies.sequence(
                new TimeArgument(), InputTypeStrategies.explicit(DataTypes.STRING())))
        .outputTypeStrategy(TypeStrategies.explicit(DataTypes.BIGINT()))
        .build();
  }

  /** NULL also if one of the two is NULL, which is no failure. */
  public @Nullable Long eval(@Nullable LocalDateTime time, @Nullable String zone) {
    return failures.orNull(() -> function.eval(time, zone));
  }

  /** Of a point in time, which the zone does not change. */
  public @Nullable Long eval(@Nullable Instant time, @Nullable String zone) {
    return failures.orNull(() -> function.eval(time, zone));
  }
}
