package dev.sluice.benchmarks.partitions;

/** A record with its partition. A Flink POJO. */
public final class Row {
  public String customer;
  public byte[] data;

  /** For Flink. */
  public Row() {
    this("", new byte[0]);
  }

  /** With all fields. */
  public Row(String customer, byte[] data) {
    this.customer = customer;
    this.data = data;
  }
}
