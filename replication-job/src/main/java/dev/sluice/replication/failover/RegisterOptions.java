package dev.sluice.replication.failover;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Secret;
import java.util.List;

/** Options of where the register of the active Region is kept. */
public final class RegisterOptions {
  static final JobOption<String> TABLE =
      JobOption.ofString("register.table")
          .defaultDescribedAs("required without register.path")
          .matching("[a-zA-Z0-9_.-]{3,255}", "must be the name of a table")
          .describedAs(
              "DynamoDB table of the register, no global one, in a Region that outlives the active"
                  + " one; 'failover init' makes it.");

  static final JobOption<String> REGION =
      JobOption.ofString("register.region")
          .defaultDescribedAs("required with register.table")
          .matching("[a-z]{2,}(-[a-z0-9]+)+", "must be a Region such as 'us-east-1'")
          .describedAs("Region of the table.");

  static final JobOption<String> ENDPOINT =
      JobOption.ofString("register.endpoint")
          .defaultDescribedAs("that of the Region")
          .matching("https?://[^\\s/]+/?", "must be a URL without path")
          .describedAs("Another endpoint: a local server, or an interface endpoint of a VPC.");

  static final JobOption<String> ACCESS_KEY_ID =
      JobOption.ofString("register.access-key-id")
          .defaultDescribedAs("AWS's default chain")
          .notEmpty()
          .describedAs("For local servers and other accounts' keys.");

  static final JobOption<Secret> SECRET_ACCESS_KEY =
      JobOption.ofSecret("register.secret-access-key").describedAs("Belongs to the access key id.");

  static final JobOption<String> PATH =
      JobOption.ofString("register.path")
          .defaultDescribedAs("none: the register is a table")
          .notEmpty()
          .describedAs("Local folder of the register, for runs on one machine.");

  static final JobOption<String> STREAM =
      JobOption.ofString("register.stream")
          .defaultDescribedAs("that of kinesis.streams")
          .notEmpty()
          .describedAs("Name of the stream in the register, as its producers have it.");

  /** Every option. */
  public static final List<JobOption<?>> ALL =
      List.of(TABLE, REGION, ENDPOINT, ACCESS_KEY_ID, SECRET_ACCESS_KEY, PATH, STREAM);

  private RegisterOptions() {}
}
