package dev.sluice.common.operator.drop;

/** A row from which a drop may start. A Flink POJO, in every savepoint. */
public final class Candidate {
  /** Event time in milliseconds since the epoch. */
  public long time;

  /** The price that may fall. */
  public double price;

  /** For Flink. */
  public Candidate() {}

  Candidate(long time, double price) {
    this.time = time;
    this.price = price;
  }
}
