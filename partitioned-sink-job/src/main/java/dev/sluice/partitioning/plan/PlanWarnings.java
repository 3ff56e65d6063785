package dev.sluice.partitioning.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a plan shows that its user may not want, each with what to change. */
final class PlanWarnings {
  /** Below this share of the objects they are an improvement worth an option. */
  private static final double FEWER = 0.8;

  private static final long FULL_SIZE = 128L << 20;
  private static final double MEBIBYTE = 1 << 20;
  private static final double MEMORY_MARGIN = 1.25;

  private final SampleSummary sample;
  private final PlanRequest.Rate rate;
  private final PlanEstimate plan;
  private final List<String> found = new ArrayList<>();

  PlanWarnings(SampleSummary sample, PlanRequest.Rate rate, PlanEstimate plan) {
    this.sample = sample;
    this.rate = rate;
    this.plan = plan;
  }

  /** In the order of their weight; without control characters and line ends. */
  List<String> all() {
    found.clear();
    guessedRate();
    deadLetters();
    cardinality();
    activePartitions();
    memory();
    smallObjects();
    skew();
    return List.copyOf(found);
  }

  private void guessedRate() {
    if (rate.guessed) {
      found.add(
          "Rates are a guess: the records have no times that differ. Give"
              + " --plan.records-per-second, or --plan.span.");
    }
  }

  private void deadLetters() {
    if (sample.failed() == 0) {
      return;
    }
    Map.Entry<String, Long> first = sample.deadLetters().get(0);
    double share = (double) sample.failed() / sample.rows();
    found.add(
        PlainText.percent(share)
            + " of the records go to the error prefix, most for '"
            + PlainText.safe(first.getKey(), 60)
            + "'. Where a key may be missing give it a value in --partition.query, as in"
            + " {customer_id: (.customer_id // \"none\")}, or mend the producer.");
  }

  private void cardinality() {
    long rows = sample.rows() - sample.failed();
    double ratio = rows == 0 ? 0 : (double) plan.skew.partitions / rows;
    if (rows >= 20 && ratio > 0.5) {
      found.add(
          PlainText.count(plan.skew.partitions)
              + " partitions for "
              + PlainText.count(rows)
              + " rows: nearly each row has its own. A key that is an identifier or a time to the"
              + " second does that; use fewer keys, or coarser ones in --output.prefix.");
    } else if (plan.unseen.share() > 0.05) {
      found.add(
          PlainText.percent(plan.unseen.share())
              + " of the records to come are in partitions that the sample does not show; take a"
              + " larger sample before you trust these figures.");
    }
  }

  private void activePartitions() {
    double limit = plan.settings.maxActive();
    if (plan.settings.endsOldest()) {
      if (plan.limitedByPartitions && plan.effectiveSeconds < interval()) {
        found.add(
            "--partitions.max-active="
                + String.format(Locale.ROOT, "%.0f", limit)
                + endsEarly()
                + "; raise it, leave it out, or use fewer keys.");
      }
    } else if (plan.active() > limit) {
      found.add(
          PlainText.count(plan.active())
              + " partitions are active at a time, above --partitions.max-active="
              + String.format(Locale.ROOT, "%.0f", limit)
              + ": records of others are refused or wait. Raise it, shorten --buffer.interval, or"
              + " use fewer keys.");
    }
  }

  private void memory() {
    if (plan.limitedByPartitions || plan.effectiveSeconds >= interval()) {
      return;
    }
    int subtasks = plan.settings.parallelism();
    double needed = plan.under(plan.settings.memory(Long.MAX_VALUE / subtasks, subtasks)).memory();
    found.add(
        "Memory"
            + endsEarly()
            + ". --buffer.memory="
            + mebibytes(MEMORY_MARGIN * needed / subtasks)
            + " would hold them, or a greater --job.parallelism.");
  }

  private String endsEarly() {
    return " ends objects after "
        + PlainText.seconds(plan.effectiveSeconds)
        + " instead of "
        + PlainText.seconds(interval());
  }

  private double interval() {
    return PlanSettings.seconds(plan.settings.interval());
  }

  private void smallObjects() {
    if (plan.smallObjects() <= 0.5) {
      return;
    }
    List<String> changes = new ArrayList<>();
    Duration longer = longerInterval();
    change("--buffer.interval=" + longer.toMinutes() + "min", plan.settings.interval(longer))
        .ifPresent(changes::add);
    if (plan.settings.bufferBytes() < FULL_SIZE) {
      change("--buffer.size=" + mebibytes((double) FULL_SIZE), plan.settings.bufferSize(FULL_SIZE))
          .ifPresent(changes::add);
    }
    changes.add("Fewer or coarser keys make fewer partitions with more in each.");
    found.add(
        PlainText.percent(plan.smallObjects())
            + " of the objects are small, below 1 MiB. "
            + String.join(" ", changes));
  }

  /** An hour, or four times as long as it is. */
  private Duration longerInterval() {
    Duration hour = Duration.ofHours(1);
    Duration now = plan.settings.interval();
    return now.compareTo(hour) < 0 ? hour : now.multipliedBy(4);
  }

  private Optional<String> change(String option, PlanSettings settings) {
    PlanEstimate other = plan.under(settings);
    if (other.all().objectsPerHour > FEWER * plan.all().objectsPerHour) {
      return Optional.empty();
    }
    return Optional.of(
        option
            + " would make "
            + PlainText.amount(other.all().objectsPerHour)
            + " an hour instead of "
            + PlainText.amount(plan.all().objectsPerHour)
            + ", of "
            + PlainText.bytes(other.all().meanObjectBytes)
            + ".");
  }

  private void skew() {
    if (plan.skew.partitions == 0) {
      return;
    }
    PartitionEstimate largest = plan.partitions.get(0);
    if (largest.lanes > 1) {
      found.add(
          "One partition brings "
              + PlainText.bytes(largest.bytesPerSecond())
              + "/s and is spread over "
              + largest.lanes
              + " subtasks, with objects in each; one more key would divide it: "
              + PlainText.safe(largest.name, 60));
    } else if (plan.skew.partitions >= 10 && plan.skew.largest > 0.5) {
      found.add(
          "One of "
              + PlainText.count(plan.skew.partitions)
              + " partitions has "
              + PlainText.percent(plan.skew.largest)
              + " of the rows; one more key would divide it: "
              + PlainText.safe(largest.name, 60));
    }
  }

  private static String mebibytes(double bytes) {
    return String.format(Locale.ROOT, "%.0fmb", Math.ceil(bytes / MEBIBYTE));
  }
}
