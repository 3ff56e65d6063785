package dev.sluice.partitioning.clickstream;

/** What is wrong with an event, if anything. */
public enum EventKind {
  /** Nothing. */
  GOOD,

  /** Sound JSON with a {@code customer_id} that must not be taken literally in an object key. */
  HOSTILE_CUSTOMER,

  /** {@code {"customerID": 1000}}: there is no {@code customer_id}. */
  MISSING_CUSTOMER,

  /** {@code customer_id} is null. */
  NULL_CUSTOMER,

  /** {@code type} has no {@code device}; fine where that is no key. */
  MISSING_DEVICE,

  /** Ends in its middle. */
  BROKEN_JSON;

  private static final EventKind[] BAD = {
    MISSING_CUSTOMER, NULL_CUSTOMER, MISSING_DEVICE, BROKEN_JSON
  };

  /** One of the four that no partition can be found for, by customer and device. */
  static EventKind bad(IndexRandom random) {
    return BAD[random.nextInt(BAD.length)];
  }

  /** Whether the event has both a customer and a device. */
  public boolean hasKeys() {
    return this == GOOD || this == HOSTILE_CUSTOMER;
  }
}
