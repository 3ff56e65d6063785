package dev.sluice.replication.failover;

import static dev.sluice.replication.failover.RegisterOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.common.region.DynamoDbRegister;
import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import java.io.IOException;
import java.nio.file.Path;

/** Where the register is, checked. Immutable. */
final class RegisterSettings {
  private final JobArguments arguments;

  /** Rules between options: a table with its Region, or a folder. */
  RegisterSettings(JobArguments arguments) {
    this.arguments = arguments;
    boolean table = arguments.find(TABLE).isPresent();
    boolean path = arguments.find(PATH).isPresent();
    arguments.check(
        problems ->
            problems
                .require(path || table, TABLE, "must be set, or 'register.path' in its place", PATH)
                .require(
                    !path || !table, PATH, "must not be set together with 'register.table'", TABLE)
                .require(
                    !table || arguments.find(REGION).isPresent(),
                    REGION,
                    "must be set with 'register.table'",
                    TABLE)
                .require(
                    arguments.find(ACCESS_KEY_ID).isPresent()
                        == arguments.find(SECRET_ACCESS_KEY).isPresent(),
                    ACCESS_KEY_ID,
                    "must be set together with 'register.secret-access-key'",
                    SECRET_ACCESS_KEY));
  }

  /** Opens the register, which need not be there; the caller closes it. */
  SwitchWorld.Entry open() throws IOException {
    RegionRegister register =
        arguments.find(TABLE).isPresent()
            ? DynamoDbRegister.open(address())
            : FileRegister.in(Path.of(arguments.get(PATH)));
    String stream =
        arguments.find(STREAM).orElseGet(() -> arguments.get(KinesisSourceOptions.STREAMS).get(0));
    return new SwitchWorld.Entry(register, stream);
  }

  private TableAddress address() {
    TableAddress address = TableAddress.of(arguments.get(REGION), arguments.get(TABLE));
    if (arguments.find(ENDPOINT).isPresent()) {
      address = address.at(arguments.get(ENDPOINT));
    }
    return arguments.find(ACCESS_KEY_ID).isEmpty()
        ? address
        : address.withKeys(arguments.get(ACCESS_KEY_ID), arguments.get(SECRET_ACCESS_KEY).reveal());
  }
}
