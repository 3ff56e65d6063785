package dev.sluice.common.producer;

import dev.sluice.common.record.StampedRecord;
import dev.sluice.common.sink.kinesis.PutSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a {@link RegionProducer}. Immutable: each method returns other settings.
 *
 * <p>Defaults: 64 MiB of memory, a spool of 1 GiB that is forced before a record counts as spooled,
 * waiting when all is full, 5 minutes of attempts before the spool, a look at the register every 2
 * s, 30 s for what is under way at the end, stamped records.
 */
public final class ProducerSettings {
  final String stream;
  final String name;
  final Path folder;
  long memoryBytes = 64 << 20;
  long spoolBytes = 1L << 30;
  SpoolSync sync = SpoolSync.EACH;
  Overflow overflow = Overflow.WAIT;
  Duration retryLimit = Duration.ofMinutes(5);
  Duration refreshInterval = Duration.ofSeconds(2);
  Duration closeLimit = Duration.ofSeconds(30);
  Stamping stamping = Stamping.STAMPED;
  PutSettings puts = PutSettings.defaults();

  private ProducerSettings(String stream, String name, Path folder, @Nullable ProducerSettings of) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isEmpty() || bytes > StampedRecord.MAX_PRODUCER_BYTES) {
      throw new IllegalArgumentException("Name must have 1 to 255 bytes, but has " + bytes);
    }
    this.stream = stream;
    this.name = name;
    this.folder = folder;
    if (of != null) {
      memoryBytes = of.memoryBytes;
      spoolBytes = of.spoolBytes;
      sync = of.sync;
      overflow = of.overflow;
      retryLimit = of.retryLimit;
      refreshInterval = of.refreshInterval;
      closeLimit = of.closeLimit;
      stamping = of.stamping;
      puts = of.puts;
    }
  }

  /**
   * The defaults.
   *
   * @param stream the key of the register
   * @param name of the producer, another one for each that sends the same keys, and always the same
   *     one with this folder
   * @param folder of the spool and of the sequence, on a local disk; this producer's alone
   */
  public static ProducerSettings of(String stream, String name, Path folder) {
    return new ProducerSettings(stream, name, folder, null);
  }

  /** With another name and folder. */
  ProducerSettings of(String otherName, Path otherFolder) {
    return new ProducerSettings(stream, otherName, otherFolder, this);
  }

  private ProducerSettings copy() {
    return new ProducerSettings(stream, name, folder, this);
  }

  /** Memory for records that are neither in a stream nor on disk. */
  public ProducerSettings memoryBytes(long bytes) {
    ProducerSettings other = copy();
    other.memoryBytes = positive("Memory", bytes);
    return other;
  }

  /** Bound of the spool on disk, and when it is forced. */
  public ProducerSettings spool(long bytes, SpoolSync when) {
    ProducerSettings other = copy();
    other.spoolBytes = positive("Spool", bytes);
    other.sync = when;
    return other;
  }

  /** What happens when memory and spool are full. */
  public ProducerSettings overflow(Overflow what) {
    ProducerSettings other = copy();
    other.overflow = what;
    return other;
  }

  /**
   * How long a record is tried before it and all behind it go to the spool, from where they are
   * tried without a limit. Below that memory fills, and then calls wait.
   */
  public ProducerSettings retryLimit(Duration limit) {
    ProducerSettings other = copy();
    other.retryLimit = limit;
    positive("Retry limit", limit.toMillis());
    return other;
  }

  /** Time between two looks at the register; never more than a third of the lease. */
  public ProducerSettings refreshInterval(Duration interval) {
    ProducerSettings other = copy();
    other.refreshInterval = interval;
    positive("Refresh interval", interval.toMillis());
    return other;
  }

  /** How long closing waits for records in memory to be accepted before it spools them. */
  public ProducerSettings closeLimit(Duration limit) {
    ProducerSettings other = copy();
    other.closeLimit = limit;
    return other;
  }

  /** Whether records carry their version. */
  public ProducerSettings stamping(Stamping form) {
    ProducerSettings other = copy();
    other.stamping = form;
    return other;
  }

  /** Limits of requests. */
  public ProducerSettings puts(PutSettings limits) {
    ProducerSettings other = copy();
    other.puts = limits;
    return other;
  }

  private static long positive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " must be positive, but was '" + value + "'");
    }
    return value;
  }
}
