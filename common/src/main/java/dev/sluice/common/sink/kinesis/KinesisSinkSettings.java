package dev.sluice.common.sink.kinesis;

import static dev.sluice.common.sink.kinesis.KinesisSinkOptions.*;

import dev.sluice.common.config.JobArguments;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;

/** Which stream to write and how, checked. Immutable. */
public final class KinesisSinkSettings {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final JobArguments arguments;

  /** Rules between options: keys come in pairs. */
  public KinesisSinkSettings(JobArguments arguments) {
    this.arguments = arguments;
    arguments.check(
        problems ->
            problems.require(
                arguments.find(ACCESS_KEY_ID).isPresent()
                    == arguments.find(SECRET_ACCESS_KEY).isPresent(),
                ACCESS_KEY_ID,
                "must be set together with 'kinesis-sink.secret-access-key'",
                SECRET_ACCESS_KEY));
  }

  public StreamAddress address() {
    StreamAddress address =
        StreamAddress.of(arguments.get(REGION), arguments.get(STREAM))
            .timeout(arguments.get(REQUEST_TIMEOUT));
    if (arguments.find(ENDPOINT).isPresent()) {
      address = address.at(arguments.get(ENDPOINT));
    }
    if (arguments.find(ACCESS_KEY_ID).isPresent()) {
      address =
          address.withKeys(arguments.get(ACCESS_KEY_ID), arguments.get(SECRET_ACCESS_KEY).reveal());
    }
    return address;
  }

  public PutSettings puts() {
    return PutSettings.defaults()
        .bufferBytes(arguments.get(BUFFER).getBytes())
        .queuedPerKey(arguments.get(QUEUED_PER_KEY))
        .requests(
            arguments.get(REQUESTS), PutSettings.MAX_ENTRIES, bytes(arguments.get(REQUEST_SIZE)))
        .recordBytes(bytes(arguments.get(RECORD_SIZE)))
        .linger(arguments.get(LINGER))
        .pauses(FIRST_PAUSE, LONGEST_PAUSE)
        .packing(arguments.get(PACKING), bytes(arguments.get(PACKED_SIZE)));
  }

  private static int bytes(MemorySize size) {
    return Math.toIntExact(size.getBytes());
  }
}
