package dev.sluice.partitioning.prefix;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The prefix of a partition, with what only an object knows still to be filled in. Immutable. */
public final class ObjectPrefix {
  private final List<PrefixPart> parts;

  private ObjectPrefix(List<PrefixPart> parts) {
    this.parts = parts;
  }

  /**
   * Reads what {@link PrefixTemplate#forRecord} gave.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ObjectPrefix of(String partition, ZoneId zone) {
    try {
      return new ObjectPrefix(new PrefixParser(partition, zone).parse());
    } catch (InvalidPrefixException e) {
      throw new IllegalArgumentException("'" + partition + "' is no prefix of a partition", e);
    }
  }

  /**
   * The prefix of one object's name.
   *
   * @param oldestArrival of its records, in milliseconds since the epoch
   * @param random eleven characters for {@code random-string}
   */
  public String at(long oldestArrival, String random) {
    StringBuilder prefix = new StringBuilder(96);
    Instant time = Instant.ofEpochMilli(oldestArrival);
    for (PrefixPart part : parts) {
      part.append(prefix, time, random);
    }
    return prefix.toString();
  }
}
