package dev.sluice.common.producer;

import dev.sluice.common.sink.kinesis.FailureKind;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.PutMeter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts by Region. Not thread-safe. */
final class Counters {
  private static final Logger LOG = LoggerFactory.getLogger(Counters.class);

  private final Map<String, Region> regions = new TreeMap<>();

  Region of(String region) {
    return regions.computeIfAbsent(region, name -> new Region());
  }

  Map<String, AttemptCounts> counts() {
    Map<String, AttemptCounts> counts = new TreeMap<>();
    regions.forEach((name, region) -> counts.put(name, region.counts()));
    return counts;
  }

  /** Of one Region. */
  static final class Region implements PutMeter {
    private final Set<String> warned = new HashSet<>();
    private long stored;
    private long throttled;
    private long failed;
    private long refused;
    private long asked;

    @Override
    public void stored(int records) {
      stored += records;
    }

    @Override
    public void failed(PutFailure why) {
      if (why.kind() == FailureKind.THROTTLED) {
        throttled++;
      } else if (why.kind() != FailureKind.REFUSED) {
        failed++;
      }
      if (warned.add(why.code())) {
        LOG.warn("First of its kind, others are counted: {}", why);
      }
    }

    @Override
    public void refused(String code) {
      refused++;
    }

    /** Whether an attempt has failed since this was asked before. */
    boolean hasFailedSinceAsked() {
      boolean since = failed > asked;
      asked = failed;
      return since;
    }

    /** What no record is to blame for and no request tells: a client that cannot even begin. */
    void failedOtherwise() {
      failed++;
    }

    private AttemptCounts counts() {
      return new AttemptCounts(stored, throttled, failed, refused);
    }
  }
}
