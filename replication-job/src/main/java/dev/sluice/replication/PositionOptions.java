package dev.sluice.replication;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Secret;
import java.time.Duration;
import java.util.List;

/** Options of where positions are kept: in a folder, or in a DynamoDB table. */
public final class PositionOptions {
  static final JobOption<String> PATH =
      JobOption.ofLocation("positions.path")
          .defaultDescribedAs("required without positions.table")
          .describedAs(
              "Folder of positions, on any file system of Flink's that outlives the source's"
                  + " Region.");

  static final JobOption<String> TABLE =
      JobOption.ofString("positions.table")
          .defaultDescribedAs("none: positions are files")
          .matching("[a-zA-Z0-9_.-]{3,255}", "must be the name of a table")
          .describedAs(
              "DynamoDB table of positions, in a Region that outlives the source's; it is made if it"
                  + " is not there.");

  static final JobOption<String> COPY =
      JobOption.ofString("positions.copy")
          .defaultDescribedAs("required with positions.table")
          .matching("[a-zA-Z0-9_.:/-]{1,255}", "must be a name of letters, digits, _.:/-")
          .describedAs("Name of this copy in the table; each stream and direction has its own.");

  static final JobOption<String> REGION =
      JobOption.ofString("positions.region")
          .defaultDescribedAs("required with positions.table")
          .matching("[a-z]{2,}(-[a-z0-9]+)+", "must be a Region such as 'us-east-1'")
          .describedAs("Region of the table.");

  static final JobOption<String> ENDPOINT =
      JobOption.ofString("positions.endpoint")
          .defaultDescribedAs("that of the Region")
          .matching("https?://[^\\s/]+/?", "must be a URL without path")
          .describedAs("Another endpoint: a local server, or an interface endpoint of a VPC.");

  static final JobOption<String> ACCESS_KEY_ID =
      JobOption.ofString("positions.access-key-id")
          .defaultDescribedAs("AWS's default chain: the role of the cluster, where it has one")
          .notEmpty()
          .describedAs("For local servers; travels in the job graph.");

  static final JobOption<Secret> SECRET_ACCESS_KEY =
      JobOption.ofSecret("positions.secret-access-key")
          .describedAs("Belongs to the access key id; travels in the job graph.");

  static final JobOption<Duration> KEEP =
      JobOption.ofDuration("positions.keep")
          .defaultTo(Duration.ofDays(7))
          .positive()
          .describedAs("Older positions are dropped, but for the newest one.");

  /** Every option. */
  public static final List<JobOption<?>> ALL =
      List.of(PATH, TABLE, COPY, REGION, ENDPOINT, ACCESS_KEY_ID, SECRET_ACCESS_KEY, KEEP);

  private PositionOptions() {}
}
