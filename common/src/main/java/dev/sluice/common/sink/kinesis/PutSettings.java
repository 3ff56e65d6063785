package dev.sluice.common.sink.kinesis;

import java.io.Serializable;
import java.time.Duration;

/**
 * Limits of a writer, per subtask. Immutable: each method returns other settings.
 *
 * <p>Defaults: 64 MiB buffered, 256 records of a key waiting, 16 requests of up to 500 records and
 * 5 MiB under way, 20 ms linger, pauses of 50 ms to 5 s before another attempt, no packing.
 */
public final class PutSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Greatest number of entries of a request, as the service rules. */
  public static final int MAX_ENTRIES = 500;

  /** Greatest request, as the service rules: 10 MiB. */
  public static final int MAX_REQUEST_BYTES = 10 << 20;

  final long bufferBytes;
  final int queuedPerKey;
  final int requests;
  final int entries;
  final int requestBytes;
  final int recordBytes;
  final int packedBytes;
  final long lingerMillis;
  final long firstPauseMillis;
  final long longestPauseMillis;
  final Packing packing;

  private PutSettings(Draft draft) {
    bufferBytes = draft.bufferBytes;
    queuedPerKey = draft.queuedPerKey;
    requests = draft.requests;
    entries = draft.entries;
    requestBytes = draft.requestBytes;
    recordBytes = draft.recordBytes;
    packedBytes = draft.packedBytes;
    lingerMillis = draft.lingerMillis;
    firstPauseMillis = draft.firstPauseMillis;
    longestPauseMillis = draft.longestPauseMillis;
    packing = draft.packing;
  }

  public static PutSettings defaults() {
    return new PutSettings(new Draft());
  }

  /** Memory for records that are not acknowledged; above it the task waits. */
  public PutSettings bufferBytes(long bytes) {
    Draft draft = new Draft(this);
    draft.bufferBytes = positive("Buffer bytes", bytes);
    return new PutSettings(draft);
  }

  /**
   * Records of one key that are not acknowledged; above it the task waits. With {@link
   * Packing#NONE} a checkpoint may take as many round trips.
   */
  public PutSettings queuedPerKey(int records) {
    Draft draft = new Draft(this);
    draft.queuedPerKey = (int) positive("Queued records per key", records);
    return new PutSettings(draft);
  }

  /** Requests under way at a time, and the most that one holds. */
  public PutSettings requests(int atATime, int entries, int bytes) {
    Draft draft = new Draft(this);
    draft.requests = (int) positive("Requests", atATime);
    draft.entries = atMost("Entries of a request", entries, MAX_ENTRIES);
    draft.requestBytes = atMost("Bytes of a request", bytes, MAX_REQUEST_BYTES);
    return new PutSettings(draft);
  }

  /** The greatest record with its key that the stream takes, in bytes. */
  public int recordBytes() {
    return recordBytes;
  }

  /** The greatest record with its key that the stream takes; larger ones are dead letters. */
  public PutSettings recordBytes(int bytes) {
    Draft draft = new Draft(this);
    draft.recordBytes = atMost("Bytes of a record", bytes, StreamEntry.MAX_BYTES);
    return new PutSettings(draft);
  }

  /** How long a record may wait for others to fill a request while requests are under way. */
  public PutSettings linger(Duration time) {
    Draft draft = new Draft(this);
    draft.lingerMillis = time.toMillis();
    return new PutSettings(draft);
  }

  /** Pauses before the second attempt and, doubled each time, before any later one. */
  public PutSettings pauses(Duration first, Duration longest) {
    Draft draft = new Draft(this);
    draft.firstPauseMillis = positive("First pause in ms", first.toMillis());
    draft.longestPauseMillis = positive("Longest pause in ms", longest.toMillis());
    return new PutSettings(draft);
  }

  /**
   * What happens to records of one key that wait.
   *
   * @param bytes of an aggregate at most
   */
  public PutSettings packing(Packing packing, int bytes) {
    Draft draft = new Draft(this);
    draft.packing = packing;
    draft.packedBytes = atMost("Bytes of an aggregate", bytes, StreamEntry.MAX_BYTES);
    return new PutSettings(draft);
  }

  private static long positive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be positive, but was '" + value + "'");
    }
    return value;
  }

  private static int atMost(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          what + " must be from 1 to " + most + ", but was '" + value + "'");
    }
    return value;
  }

  private static final class Draft {
    private long bufferBytes = 64L << 20;
    private int queuedPerKey = 256;
    private int requests = 16;
    private int entries = MAX_ENTRIES;
    private int requestBytes = 5 << 20;
    private int recordBytes = StreamEntry.MAX_BYTES;
    private int packedBytes = 100 << 10;
    private long lingerMillis = 20;
    private long firstPauseMillis = 50;
    private long longestPauseMillis = 5_000;
    private Packing packing = Packing.NONE;

    private Draft() {}

    private Draft(PutSettings from) {
      bufferBytes = from.bufferBytes;
      queuedPerKey = from.queuedPerKey;
      requests = from.requests;
      entries = from.entries;
      requestBytes = from.requestBytes;
      recordBytes = from.recordBytes;
      packedBytes = from.packedBytes;
      lingerMillis = from.lingerMillis;
      firstPauseMillis = from.firstPauseMillis;
      longestPauseMillis = from.longestPauseMillis;
      packing = from.packing;
    }
  }
}
