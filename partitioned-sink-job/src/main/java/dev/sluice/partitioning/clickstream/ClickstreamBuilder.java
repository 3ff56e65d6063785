package dev.sluice.partitioning.clickstream;

import java.time.Duration;
import java.time.Instant;

/** Builds a {@link ClickstreamGenerator}; each method says its default. Not thread-safe. */
public final class ClickstreamBuilder {
  /** Each takes 8 bytes in each subtask. */
  public static final int MOST_CUSTOMERS = 10_000_000;

  /** More than any stream takes. */
  public static final int LARGEST_RECORD = 10 << 20;

  /** The time in the event that the posts show, less the seconds of its minute. */
  private static final Instant START = Instant.parse("2021-08-31T20:39:00Z");

  final long seed;
  int customers = 500;
  double skew = 1.0;
  double badShare;
  double hostileShare;
  Duration disorder = Duration.ZERO;
  Instant start = START;
  double perSecond = 1_000;
  int recordBytes;

  ClickstreamBuilder(long seed) {
    this.seed = seed;
  }

  /**
   * How many values {@code customer_id} has. Default: 500.
   *
   * @param number 1 to {@link #MOST_CUSTOMERS}
   */
  public ClickstreamBuilder customers(int number) {
    require(number >= 1 && number <= MOST_CUSTOMERS, "Customers", number, "1 to " + MOST_CUSTOMERS);
    this.customers = number;
    return this;
  }

  /**
   * The n-th customer comes in proportion to 1/n^exponent. Default: 1.
   *
   * @param exponent 0 to 10; 0 for all alike
   */
  public ClickstreamBuilder skew(double exponent) {
    require(exponent >= 0 && exponent <= 10, "Skew", exponent, "0 to 10");
    this.skew = exponent;
    return this;
  }

  /**
   * Share of records that lack a customer or a device, or are not JSON. Default: 0.
   *
   * @param share 0 to 1, together with {@link #hostileShare}
   */
  public ClickstreamBuilder badShare(double share) {
    require(share >= 0 && share + hostileShare <= 1, "Share of bad records", share, "0 to 1");
    this.badShare = share;
    return this;
  }

  /**
   * Share of records whose customer is something like {@code ../} or {@code a:b=c}. Default: 0.
   *
   * @param share 0 to 1, together with {@link #badShare}
   */
  public ClickstreamBuilder hostileShare(double share) {
    require(share >= 0 && share + badShare <= 1, "Share of hostile records", share, "0 to 1");
    this.hostileShare = share;
    return this;
  }

  /**
   * How much earlier than it arrives an event happened at most; evenly spread. Default: zero.
   *
   * @param longest not negative
   */
  public ClickstreamBuilder disorder(Duration longest) {
    require(!longest.isNegative(), "Disorder", longest, "zero or more");
    this.disorder = longest;
    return this;
  }

  /** When the first record arrives. Default: {@code 2021-08-31T20:39:00Z}. */
  public ClickstreamBuilder start(Instant first) {
    this.start = first;
    return this;
  }

  /**
   * How many records arrive in a second by {@link
   * dev.sluice.common.record.RawRecord#arrivalTimestamp}, however fast they are made. Default:
   * 1,000.
   *
   * @param rate above 0
   */
  public ClickstreamBuilder perSecond(double rate) {
    require(rate > 0 && rate < Double.POSITIVE_INFINITY, "Records per second", rate, "above 0");
    this.perSecond = rate;
    return this;
  }

  /**
   * Fills each sound record up to this length with a field {@code session} of random characters; as
   * far as that field takes, which is 14 bytes. Default: 0, for none.
   *
   * @param length in bytes, 0 to {@link #LARGEST_RECORD}
   */
  public ClickstreamBuilder recordBytes(int length) {
    require(
        length >= 0 && length <= LARGEST_RECORD, "Record size", length, "0 to " + LARGEST_RECORD);
    this.recordBytes = length;
    return this;
  }

  /** The generator. */
  public ClickstreamGenerator build() {
    return new ClickstreamGenerator(this);
  }

  private static void require(boolean valid, String what, Object value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(
          what + " of the clickstream must be " + range + ", but was '" + value + "'");
    }
  }
}
