package dev.sluice.partitioning.format;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of objects below their prefix, as Amazon Data Firehose makes them: {@code
 * <stream>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid><extension>}.
 *
 * <p>The time is that of the oldest record in the object, in the zone in which prefixes show time.
 * Immutable and thread-safe.
 */
public final class ObjectNames implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);
  private static final Pattern STREAM = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
  private static final Pattern EXTENSION = Pattern.compile("|\\.[0-9a-z!\\-_.*'()]{1,127}");

  private final String start;
  private final ZoneId zone;
  private final String extension;

  /**
   * Names of one stream's objects.
   *
   * @param stream 1 to 64 of {@code a-zA-Z0-9_.-}, as Firehose has it
   * @param version of the stream's configuration, from 1
   * @param extension dot included; empty for none; the format's own, or one that overrides it
   * @throws IllegalArgumentException if one of them breaks its rule; the message names it
   */
  public ObjectNames(String stream, int version, ZoneId zone, String extension) {
    if (!STREAM.matcher(stream).matches()) {
      throw new IllegalArgumentException(
          "Stream name must be 1 to 64 characters of a-zA-Z0-9_.-, but was '" + stream + "'");
    }
    if (version < 1) {
      throw new IllegalArgumentException("Version must be at least 1, but was '" + version + "'");
    }
    if (!EXTENSION.matcher(extension).matches()) {
      throw new IllegalArgumentException(
          "File extension must be empty, or a dot and at most 127 characters of 0-9a-z!-_.*'(), "
              + "but was '"
              + extension
              + "'");
    }
    this.start = stream + '-' + version + '-';
    this.zone = zone;
    this.extension = extension;
  }

  /**
   * The name of an object.
   *
   * @param oldestArrivalMillis arrival of the oldest record in it, in milliseconds since the epoch
   * @param uuid what makes the name unique
   */
  public String at(long oldestArrivalMillis, String uuid) {
    String time = TIME.format(Instant.ofEpochMilli(oldestArrivalMillis).atZone(zone));
    return start + time + '-' + uuid + extension;
  }
}
