package dev.sluice.common.deadletter;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record or object that a job could not process, and why.
 *
 * <p>The first six fields have the names and meanings of the error records that Amazon Data
 * Firehose writes below its error output prefix, so that one reader serves both. {@link
 * DeadLetterJson} is the form on disk. All jobs use this one type.
 *
 * <p>A Flink POJO. Not thread-safe; do not change one that has been emitted.
 */
public final class DeadLetter {
  /** How often processing was tried; at least 1, or 0 if the limit was known without trying. */
  public int attemptsMade;

  /** When the job received the record, in milliseconds since the epoch. */
  public long arrivalTimestamp;

  /** Stable code, in kebab-case ({@code object-too-large}) unless the name is Firehose's own. */
  public String errorCode;

  /** What failed, on which value, by which rule. For people; may change between releases. */
  public String errorMessage;

  /** When the last attempt ended, in milliseconds since the epoch. */
  public long attemptEndingTimestamp;

  /** The original bytes, or null when the dead letter does not carry them. Base64 in JSON. */
  public byte @Nullable [] rawData;

  /** The uid of the operator that gave up. */
  public String stage;

  /** Where the record came from: the URI of an object, or {@code stream/shard/sequence-number}. */
  public String source;

  /** Size of the original in bytes, also when {@link #rawData} is null; -1 if unknown. */
  public long sourceSize;

  /** For Flink. */
  public DeadLetter() {
    this(0, 0L, "", "", 0L, null, "", "", -1L);
  }

  /** With all fields; {@link DeadLetterBuilder} is easier to read. */
  public DeadLetter(
      int attemptsMade,
      long arrivalTimestamp,
      String errorCode,
      String errorMessage,
      long attemptEndingTimestamp,
      byte @Nullable [] rawData,
      String stage,
      String source,
      long sourceSize) {
    this.attemptsMade = attemptsMade;
    this.arrivalTimestamp = arrivalTimestamp;
    this.errorCode = errorCode;
    this.errorMessage = errorMessage;
    this.attemptEndingTimestamp = attemptEndingTimestamp;
    this.rawData = rawData;
    this.stage = stage;
    this.source = source;
    this.sourceSize = sourceSize;
  }

  /**
   * Starts a dead letter.
   *
   * @param stage uid of the operator that gives up
   * @param errorCode stable code, see {@link #errorCode}
   * @param errorMessage what failed, on which value, by which rule
   */
  public static DeadLetterBuilder builder(String stage, String errorCode, String errorMessage) {
    return new DeadLetterBuilder(stage, errorCode, errorMessage);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof DeadLetter)) {
      return false;
    }
    DeadLetter that = (DeadLetter) other;
    return attemptsMade == that.attemptsMade
        && arrivalTimestamp == that.arrivalTimestamp
        && errorCode.equals(that.errorCode)
        && errorMessage.equals(that.errorMessage)
        && attemptEndingTimestamp == that.attemptEndingTimestamp
        && Arrays.equals(rawData, that.rawData)
        && stage.equals(that.stage)
        && source.equals(that.source)
        && sourceSize == that.sourceSize;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        attemptsMade,
        arrivalTimestamp,
        errorCode,
        errorMessage,
        attemptEndingTimestamp,
        Arrays.hashCode(rawData),
        stage,
        source,
        sourceSize);
  }

  /** Without the payload, which may be large or private. */
  @Override
  public String toString() {
    return String.format(
        "DeadLetter{stage='%s', errorCode='%s', source='%s', sourceSize=%d, errorMessage='%s'}",
        stage, errorCode, source, sourceSize, errorMessage);
  }
}
