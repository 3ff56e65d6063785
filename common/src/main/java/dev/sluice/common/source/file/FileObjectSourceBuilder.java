package dev.sluice.common.source.file;

import java.time.Duration;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.TimeUtils;

/** Builds a {@link FileObjectSource}; each method says its default. Not thread-safe. */
public final class FileObjectSourceBuilder {
  /** Largest Java array on common virtual machines, in bytes. */
  public static final int GREATEST_LIMIT = Integer.MAX_VALUE - 8;

  final List<Path> inputs;
  List<String> suffixes = List.of();
  String prefix = "";
  boolean bounded = true;
  long maxObjectBytes = 64L << 20;
  Duration discoveryInterval = Duration.ofSeconds(2);
  Duration discoveryWindow = Duration.ofHours(1);
  int pendingLimit = 100_000;
  int listingAttempts = 5;

  FileObjectSourceBuilder(List<Path> inputs) {
    require(!inputs.isEmpty(), "Input paths", inputs, "name at least one path");
    this.inputs = List.copyOf(inputs);
  }

  /**
   * Reads only objects whose names end so; case does not count. Default: all.
   *
   * @param suffixes such as {@code .jpg}
   */
  public FileObjectSourceBuilder suffixes(List<String> suffixes) {
    this.suffixes = List.copyOf(suffixes);
    return this;
  }

  /**
   * Reads only objects whose path below the input path begins so, as prefixes of S3 do; case
   * counts. Folders that cannot hold such an object are not listed. Default: all.
   *
   * @param prefix such as {@code 2026/11/cat-}, without a slash at its begin
   */
  public FileObjectSourceBuilder prefix(String prefix) {
    require(!prefix.startsWith("/"), "Prefix", prefix, "not begin with '/'");
    this.prefix = prefix;
    return this;
  }

  /**
   * Objects above this size are not read but emitted as {@link FileObject#TOO_LARGE}. Default: 64
   * MiB.
   *
   * @param bytes 0 to {@link #GREATEST_LIMIT}
   */
  public FileObjectSourceBuilder maxObjectBytes(long bytes) {
    require(bytes >= 0 && bytes <= GREATEST_LIMIT, "Limit", bytes, "be 0 to " + GREATEST_LIMIT);
    this.maxObjectBytes = bytes;
    return this;
  }

  /**
   * Reads what is there and what comes, for ever. Default: what is there when the job starts, then
   * the stream ends.
   *
   * @param interval between the starts of two listings
   * @param window how much later an object may become visible than its modification time says; on
   *     S3 longer than the longest multipart upload, which is stamped with its start
   */
  public FileObjectSourceBuilder monitor(Duration interval, Duration window) {
    require(interval.toMillis() > 0, "Discovery interval", text(interval), "be at least 1 ms");
    require(!window.isNegative(), "Discovery window", text(window), "not be negative");
    this.bounded = false;
    this.discoveryInterval = interval;
    this.discoveryWindow = window;
    return this;
  }

  /**
   * How many discovered objects wait in the JobManager; beyond it they are listed again. Default:
   * 100,000, which is some 25 MB.
   */
  public FileObjectSourceBuilder pendingLimit(int objects) {
    require(objects > 0, "Pending limit", objects, "be positive");
    this.pendingLimit = objects;
    return this;
  }

  /**
   * After how many failed listings in a row the job fails. Default: 5. Forbidden access and a
   * missing bucket fail it at once.
   */
  public FileObjectSourceBuilder listingAttempts(int attempts) {
    require(attempts > 0, "Listing attempts", attempts, "be positive");
    this.listingAttempts = attempts;
    return this;
  }

  /** The source. */
  public FileObjectSource build() {
    return new FileObjectSource(new FileObjectSourceSettings(this));
  }

  /** Flink writes {@code 2 s} for {@code PT2S}, but knows no negative ones. */
  private static String text(Duration duration) {
    return duration.isNegative()
        ? "-" + TimeUtils.formatWithHighestUnit(duration.negated())
        : TimeUtils.formatWithHighestUnit(duration);
  }

  private static void require(boolean valid, String what, Object value, String rule) {
    if (!valid) {
      throw new IllegalArgumentException(what + " must " + rule + ", but was '" + value + "'");
    }
  }
}
