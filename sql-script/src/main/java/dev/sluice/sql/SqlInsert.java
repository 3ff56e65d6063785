package dev.sluice.sql;

import org.apache.flink.table.operations.SinkModifyOperation;

/** An INSERT that Flink has understood. Immutable. */
public final class SqlInsert {
  private final ResolvedStatement statement;
  private final SinkModifyOperation operation;
  private final String plan;

  SqlInsert(ResolvedStatement statement, SinkModifyOperation operation, String plan) {
    this.statement = statement;
    this.operation = operation;
    this.plan = plan;
  }

  public ResolvedStatement statement() {
    return statement;
  }

  /** The table that it writes to, without catalog and database. */
  public String table() {
    return operation.getContextResolvedTable().getIdentifier().getObjectName();
  }

  /** As EXPLAIN prints it. */
  public String plan() {
    return plan;
  }

  SinkModifyOperation operation() {
    return operation;
  }
}
