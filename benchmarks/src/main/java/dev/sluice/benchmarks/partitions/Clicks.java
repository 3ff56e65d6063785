package dev.sluice.benchmarks.partitions;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.RecordGenerator;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clicks of 300 bytes of JSON, made of a template and some digits, so that making one costs little
 * beside parsing it. The same for all contestants. Counts what it has made, in steps.
 */
final class Clicks implements RecordGenerator {
  private static final long serialVersionUID = 1L;

  /** Bytes of every record. */
  static final int BYTES = 300;

  /** Where a record has its customer. */
  static final int CUSTOMER = "{\"event_timestamp\":TTTTTTTTTTTTT,\"customer_id\":\"".length();

  private static final String[] DEVICES = {"mobile", "desktop", "tablet", "tv"};
  private static final String[] EVENTS = {"page_view", "add_to_cart", "search", "purchase"};
  private static final int VARIANTS = DEVICES.length * EVENTS.length;
  private static final int STEP = 500;
  private static final long START = 1_630_442_383_000L;
  private static final LongAdder MADE = new LongAdder();

  private final long seed;
  private final Skew skew;
  private final int partitions;
  private transient Skew.Choice choice;
  private transient Template[] templates;
  private transient int untilCount;

  Clicks(Workload workload) {
    this.seed = workload.seed();
    this.skew = workload.skew();
    this.partitions = workload.partitions();
    this.choice = skew.among(partitions);
    this.templates = templates();
    this.untilCount = STEP;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    choice = skew.among(partitions);
    templates = templates();
    untilCount = STEP;
  }

  /** Records made in this process, less a step per thread. */
  static long made() {
    return MADE.sum();
  }

  /** The partition of a record. */
  int partition(long index) {
    return choice.of(random(index));
  }

  /** What the JSON says of a partition. */
  static String customer(int partition) {
    return String.format("c%08d", partition);
  }

  @Override
  public RawRecord generate(long index) {
    if (--untilCount == 0) {
      MADE.add(STEP);
      untilCount = STEP;
    }
    long random = random(index);
    long more = random * 0x9E3779B97F4A7C15L;
    Template template = templates[(int) (more >>> 60)];
    byte[] json = template.json.clone();
    digits(json, template.customer, 8, choice.of(random));
    digits(json, template.time, 13, START + index);
    digits(json, template.session, 12, (more >>> 20) % 1_000_000_000_000L);
    digits(json, template.product, 6, more & 0xffff);
    digits(json, template.cents, 2, (more & 0x3f) + 10);
    return new RawRecord(json, START + index, "generated");
  }

  private long random(long index) {
    long z = seed + index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static void digits(byte[] json, int at, int count, long value) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      json[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static Template[] templates() {
    Template[] all = new Template[VARIANTS];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Template(DEVICES[i % DEVICES.length], EVENTS[i / DEVICES.length]);
    }
    return all;
  }

  private static final class Template {
    final byte[] json;
    final int customer;
    final int time;
    final int session;
    final int product;
    final int cents;

    Template(String device, String event) {
      String start =
          "{\"event_timestamp\":TTTTTTTTTTTTT,\"customer_id\":\"cCCCCCCCC\",\"type\":{\"device\":\""
              + device
              + "\",\"event\":\""
              + event
              + "\"},\"session_id\":\"SSSSSSSSSSSS\",\"page\":\"/products/PPPPPP\","
              + "\"geo\":{\"country\":\"DE\",\"city\":\"Berlin\"},\"price\":17.DD,\"quantity\":2,"
              + "\"tags\":[\"summer\",\"sale\"],\"agent\":\"Mozilla/5.0 ";
      String text = start + "x".repeat(BYTES - start.length() - 2) + "\"}";
      customer = text.indexOf("CCCCCCCC");
      time = text.indexOf("TTTTTTTTTTTTT");
      session = text.indexOf("SSSSSSSSSSSS");
      product = text.indexOf("PPPPPP");
      cents = text.indexOf("DD");
      json = text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
