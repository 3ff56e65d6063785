package dev.sluice.replication.drill.report;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a drill has measured. A figure that is not set was not measured, as in a drill that was
 * interrupted, and the page says so; it is never shown as zero. Immutable: each method gives a
 * copy.
 */
public final class DrillTotals {
  /** Nothing measured. */
  public static final DrillTotals NONE = new DrillTotals();

  private OptionalLong produced = OptionalLong.empty();
  private OptionalLong accepted = OptionalLong.empty();
  private OptionalLong inTable = OptionalLong.empty();
  private OptionalLong lost = OptionalLong.empty();
  private OptionalLong repeated = OptionalLong.empty();
  private OptionalLong outOfOrder = OptionalLong.empty();
  private OptionalLong deadLetters = OptionalLong.empty();
  private OptionalLong backlogRecords = OptionalLong.empty();
  private Optional<Duration> backlog = Optional.empty();
  private Optional<Duration> detection = Optional.empty();
  private Optional<Duration> recovery = Optional.empty();

  private DrillTotals() {}

  private DrillTotals(DrillTotals from) {
    produced = from.produced;
    accepted = from.accepted;
    inTable = from.inTable;
    lost = from.lost;
    repeated = from.repeated;
    outOfOrder = from.outOfOrder;
    deadLetters = from.deadLetters;
    backlogRecords = from.backlogRecords;
    backlog = from.backlog;
    detection = from.detection;
    recovery = from.recovery;
  }

  /** Records that were given to producers. */
  public DrillTotals produced(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.produced = OptionalLong.of(records);
    return copy;
  }

  /** Records of which a producer was told that they are stored. */
  public DrillTotals accepted(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.accepted = OptionalLong.of(records);
    return copy;
  }

  /** Accepted records that are in the consumer's table at the end. */
  public DrillTotals inTable(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.inTable = OptionalLong.of(records);
    return copy;
  }

  /** Accepted records that the consumer never saw. */
  public DrillTotals lost(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.lost = OptionalLong.of(records);
    return copy;
  }

  /** Copies beyond the first that the consumer saw and dropped. */
  public DrillTotals repeated(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.repeated = OptionalLong.of(records);
    return copy;
  }

  /** Records that the consumer saw, for the first time, behind a younger one of their key. */
  public DrillTotals outOfOrder(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.outOfOrder = OptionalLong.of(records);
    return copy;
  }

  /** Records that a job could not use, and kept aside. */
  public DrillTotals deadLetters(long records) {
    DrillTotals copy = new DrillTotals(this);
    copy.deadLetters = OptionalLong.of(records);
    return copy;
  }

  /** The RPO: what was not yet away when the outage began, in records and as time. */
  public DrillTotals backlog(long records, Duration behind) {
    DrillTotals copy = new DrillTotals(this);
    copy.backlogRecords = OptionalLong.of(records);
    copy.backlog = Optional.of(behind);
    return copy;
  }

  /** From the begin of the outage until the monitor held the Region for unhealthy. */
  public DrillTotals detection(Duration time) {
    DrillTotals copy = new DrillTotals(this);
    copy.detection = Optional.of(time);
    return copy;
  }

  /** The RTO: from the begin of the outage to the first record accepted away. */
  public DrillTotals recovery(Duration time) {
    DrillTotals copy = new DrillTotals(this);
    copy.recovery = Optional.of(time);
    return copy;
  }

  public OptionalLong produced() {
    return produced;
  }

  public OptionalLong accepted() {
    return accepted;
  }

  public OptionalLong inTable() {
    return inTable;
  }

  public OptionalLong lost() {
    return lost;
  }

  public OptionalLong repeated() {
    return repeated;
  }

  public OptionalLong outOfOrder() {
    return outOfOrder;
  }

  public OptionalLong deadLetters() {
    return deadLetters;
  }

  public OptionalLong backlogRecords() {
    return backlogRecords;
  }

  public Optional<Duration> backlog() {
    return backlog;
  }

  public Optional<Duration> detection() {
    return detection;
  }

  public Optional<Duration> recovery() {
    return recovery;
  }
}
