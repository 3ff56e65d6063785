package dev.sluice.replication;

import static dev.sluice.replication.PositionOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.dynamodb.TableAddress;

/** Where positions are kept, checked. Immutable. */
public final class PositionSettings {
  private final JobArguments arguments;

  /** Rules between options: a folder, or a table with all that it needs. */
  public PositionSettings(JobArguments arguments) {
    this.arguments = arguments;
    boolean table = arguments.find(TABLE).isPresent();
    boolean path = arguments.find(PATH).isPresent();
    arguments.check(
        problems ->
            problems
                .require(
                    path || table, PATH, "must be set, or 'positions.table' in its place", TABLE)
                .require(
                    !path || !table, TABLE, "must not be set together with 'positions.path'", PATH)
                .require(
                    !table || arguments.find(COPY).isPresent(),
                    COPY,
                    "must be set with 'positions.table'",
                    TABLE)
                .require(
                    !table || arguments.find(REGION).isPresent(),
                    REGION,
                    "must be set with 'positions.table'",
                    TABLE)
                .require(
                    arguments.find(ACCESS_KEY_ID).isPresent()
                        == arguments.find(SECRET_ACCESS_KEY).isPresent(),
                    ACCESS_KEY_ID,
                    "must be set together with 'positions.secret-access-key'",
                    SECRET_ACCESS_KEY));
  }

  /** Opens the store of a replicator, and makes its table if it is not there. */
  public PositionStore.Factory store() {
    return store(copyOrPath());
  }

  /** Opens that of another copy: another name in the same table, or another folder. */
  public PositionStore.Factory store(String copyOrPath) {
    return arguments.find(TABLE).isEmpty()
        ? FilePositionStore.in(copyOrPath, arguments.get(KEEP))
        : DynamoDbPositionStore.in(table(), copyOrPath, arguments.get(KEEP));
  }

  /** Opens the store for who only reads: a table that is not there is an error. */
  public PositionStore.Factory existing() {
    return existing(copyOrPath());
  }

  /** The same of another copy. */
  public PositionStore.Factory existing(String copyOrPath) {
    return arguments.find(TABLE).isEmpty()
        ? FilePositionStore.in(copyOrPath, arguments.get(KEEP))
        : DynamoDbPositionStore.existing(table(), copyOrPath, arguments.get(KEEP));
  }

  private String copyOrPath() {
    return arguments.get(arguments.find(TABLE).isPresent() ? COPY : PATH);
  }

  private TableAddress table() {
    TableAddress table = TableAddress.of(arguments.get(REGION), arguments.get(TABLE));
    if (arguments.find(ENDPOINT).isPresent()) {
      table = table.at(arguments.get(ENDPOINT));
    }
    if (arguments.find(ACCESS_KEY_ID).isPresent()) {
      table =
          table.withKeys(arguments.get(ACCESS_KEY_ID), arguments.get(SECRET_ACCESS_KEY).reveal());
    }
    return table;
  }
}
