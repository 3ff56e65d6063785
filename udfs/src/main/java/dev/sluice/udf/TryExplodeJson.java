package dev.sluice.udf;

import java.util.List;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** {@code TRY_EXPLODE_JSON(json)}: {@link ExplodeJson}, no row where the text is no array. */
@FunctionHint(output = @DataTypeHint("ROW<idx INT, item STRING>"))
public final class TryExplodeJson extends TableFunction<Row> {
  private static final long serialVersionUID = 1L;

  private final FailureCounter failures = new FailureCounter("TRY_EXPLODE_JSON");

  @Override
  public void open(FunctionContext context) {
    failures.open(context);
  }

  /** No row also of NULL, which is no failure. */
  public void eval(@Nullable String json) {
    if (json != null) {
      List<Row> rows = failures.orNull(() -> ExplodeJson.rows(json));
      if (rows != null) {
        rows.forEach(this::collect);
      }
    }
  }
}
