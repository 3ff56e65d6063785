package dev.sluice.partitioning.clickstream;

/** An event as it was meant; what was written of it may be less, as its kind says. Immutable. */
public final class ClickEvent {
  public final EventKind kind;

  /** Value of {@code customer_id}, as it was meant. */
  public final String customer;

  /** Value of {@code type.device}. */
  public final String device;

  /** Value of {@code type.event}. */
  public final String action;

  /** When it happened, in seconds since the epoch: the value of {@code event_timestamp}. */
  public final long timestamp;

  /** Value of {@code geo}. */
  public final String geo;

  ClickEvent(
      EventKind kind, String customer, String device, String action, long timestamp, String geo) {
    this.kind = kind;
    this.customer = customer;
    this.device = device;
    this.action = action;
    this.timestamp = timestamp;
    this.geo = geo;
  }

  @Override
  public String toString() {
    return String.format(
        "ClickEvent{kind=%s, customer='%s', device='%s', action='%s', timestamp=%d, geo='%s'}",
        kind, customer, device, action, timestamp, geo);
  }
}
