package dev.sluice.partitioning.clickstream;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.RecordGenerator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of a web shop's visitors as JSON, each from a seed and its index alone: device,
 * action, customer, time and country, a share of them with something wrong.
 *
 * <pre>{@code
 * {"type":{"device":"mobile","event":"user_clicked_submit_button"},"customer_id":"1234","event_timestamp":1630442383,"geo":"US"}
 * }</pre>
 *
 * <p>Records arrive one after the other at an even rate from a start on, by their {@link
 * RawRecord#arrivalTimestamp}; the clock of the machine plays no part. Customers are {@code 1000},
 * {@code 1001} …, the most frequent first.
 */
public final class ClickstreamGenerator implements RecordGenerator {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_CUSTOMER = 1000;
  private static final double MILLIS = Duration.ofSeconds(1).toMillis();

  /** Sixteen each, so that four bits draw one; what is there more often comes more often. */
  private static final String[] DEVICES =
      "mobile mobile mobile mobile mobile mobile desktop desktop desktop desktop desktop tablet tablet tablet tv watch"
          .split(" ", -1);

  private static final String[] ACTIONS =
      ("user_viewed_page user_viewed_page user_viewed_page user_viewed_page user_viewed_page"
              + " user_searched user_searched user_searched user_added_to_cart user_added_to_cart"
              + " user_removed_from_cart user_clicked_submit_button user_clicked_submit_button"
              + " user_signed_in user_signed_out user_rated_product")
          .split(" ", -1);

  private static final String[] COUNTRIES =
      "US US US US IN IN DE DE BR BR JP GB FR NG ID MX".split(" ", -1);

  private final long seed;
  private final int customers;
  private final double skew;
  private final double badShare;
  private final double hostileShare;
  private final long disorderMillis;
  private final long startMillis;
  private final double millisPerRecord;
  private final int recordBytes;

  /** Made when first needed: they are not worth sending to the tasks. */
  private transient @Nullable Tools tools;

  ClickstreamGenerator(ClickstreamBuilder builder) {
    this.seed = builder.seed;
    this.customers = builder.customers;
    this.skew = builder.skew;
    this.badShare = builder.badShare;
    this.hostileShare = builder.hostileShare;
    this.disorderMillis = builder.disorder.toMillis();
    this.startMillis = builder.start.toEpochMilli();
    this.millisPerRecord = MILLIS / builder.perSecond;
    this.recordBytes = builder.recordBytes;
  }

  /** A generator of its own for each seed. */
  public static ClickstreamBuilder seeded(long seed) {
    return new ClickstreamBuilder(seed);
  }

  @Override
  public RawRecord generate(long index) {
    Tools own = tools();
    byte[] data = own.json.write(event(index), own.random);
    return new RawRecord(data, arrival(index), "generated/" + index);
  }

  /** When the record of an index arrives, in milliseconds since the epoch. */
  private long arrival(long index) {
    return startMillis + (long) (index * millisPerRecord);
  }

  /** What the record of an index says, for tests that expect it somewhere. */
  public ClickEvent event(long index) {
    Tools own = tools();
    IndexRandom random = own.random.at(index);
    EventKind kind = kind(random);
    String customer =
        kind == EventKind.HOSTILE_CUSTOMER
            ? HostileCustomers.draw(random)
            : Integer.toString(FIRST_CUSTOMER + own.ranks.draw(random.nextLong()));
    long bits = random.nextLong();
    long happened = arrival(index) - (long) (random.nextDouble() * disorderMillis);
    return new ClickEvent(
        kind,
        customer,
        DEVICES[(int) bits & 15],
        ACTIONS[(int) (bits >> 4) & 15],
        Math.floorDiv(happened, (long) MILLIS),
        COUNTRIES[(int) (bits >> 8) & 15]);
  }

  private EventKind kind(IndexRandom random) {
    double draw = random.nextDouble();
    if (draw < badShare) {
      return EventKind.bad(random);
    }
    return draw < badShare + hostileShare ? EventKind.HOSTILE_CUSTOMER : EventKind.GOOD;
  }

  private Tools tools() {
    Tools own = tools;
    if (own == null) {
      own = new Tools(new IndexRandom(seed), new ZipfRanks(customers, skew), recordBytes);
      tools = own;
    }
    return own;
  }

  /** What a generator works with, made anew in each task. */
  private static final class Tools {
    final IndexRandom random;
    final ZipfRanks ranks;
    final ClickJson json;

    Tools(IndexRandom random, ZipfRanks ranks, int recordBytes) {
      this.random = random;
      this.ranks = ranks;
      this.json = new ClickJson(recordBytes);
    }
  }
}
