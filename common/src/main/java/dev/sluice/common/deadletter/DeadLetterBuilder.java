package dev.sluice.common.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Names each part of a {@link DeadLetter} where it is made.
 *
 * <p>Unless told otherwise: one attempt, arrival and end at {@link #at}, no payload, size unknown.
 */
public final class DeadLetterBuilder {
  private final DeadLetter letter = new DeadLetter();

  DeadLetterBuilder(String stage, String errorCode, String errorMessage) {
    letter.stage = stage;
    letter.errorCode = errorCode;
    letter.errorMessage = errorMessage;
    letter.attemptsMade = 1;
  }

  /** Where the original came from, and its size in bytes (-1 if unknown). */
  public DeadLetterBuilder from(String source, long sourceSize) {
    letter.source = source;
    letter.sourceSize = sourceSize;
    return this;
  }

  /** The original bytes; null when they are left out. The array is kept, not copied. */
  public DeadLetterBuilder carrying(byte @Nullable [] rawData) {
    letter.rawData = rawData;
    if (rawData != null && letter.sourceSize < 0) {
      letter.sourceSize = rawData.length;
    }
    return this;
  }

  /** How often processing was tried. */
  public DeadLetterBuilder afterAttempts(int attempts) {
    letter.attemptsMade = attempts;
    return this;
  }

  /** Arrival and end of the last attempt at the same time, in milliseconds since the epoch. */
  public DeadLetterBuilder at(long epochMillis) {
    return between(epochMillis, epochMillis);
  }

  /** Arrival and end of the last attempt, in milliseconds since the epoch. */
  public DeadLetterBuilder between(long arrival, long attemptEnding) {
    letter.arrivalTimestamp = arrival;
    letter.attemptEndingTimestamp = attemptEnding;
    return this;
  }

  /** The dead letter; the builder is used up. */
  public DeadLetter build() {
    return letter;
  }
}
