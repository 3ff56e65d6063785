package dev.sluice.udf;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;

/**
 * A {@code TIMESTAMP}, for a method with a {@code LocalDateTime}, or a {@code TIMESTAMP_LTZ}, for
 * one with an {@code Instant}. Left to itself, Flink takes the first method that fits after a cast,
 * and casts from one to the other by the zone of the session.
 */
final class TimeArgument implements ArgumentTypeStrategy {
  private static final DataType LOCAL = DataTypes.TIMESTAMP(9);
  private static final DataType POINT = DataTypes.TIMESTAMP_LTZ(9);

  @Override
  public Optional<DataType> inferArgumentType(
      CallContext context, int position, boolean throwOnFailure) {
    LogicalType given = context.getArgumentDataTypes().get(position).getLogicalType();
    if (given.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
      return Optional.of(POINT);
    }
    if (LogicalTypeCasts.supportsImplicitCast(given, LOCAL.getLogicalType())) {
      return Optional.of(LOCAL);
    }
    return context.fail(
        throwOnFailure,
        "Must be a TIMESTAMP or a TIMESTAMP_LTZ, but is %s",
        given.asSummaryString());
  }

  @Override
  public Signature.Argument getExpectedArgument(FunctionDefinition definition, int position) {
    return Signature.Argument.of("TIMESTAMP | TIMESTAMP_LTZ");
  }
}
