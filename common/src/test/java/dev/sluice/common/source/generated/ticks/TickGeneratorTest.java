package dev.sluice.common.source.generated.ticks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.operator.drop.PlainDrops;
import dev.sluice.common.record.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TickGeneratorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIRST =
      "{\"event_time\":\"2026-01-05T14:30:00.000\",\"ticker\":\"BNB\",\"price\":1432.35,"
          + "\"volume\":409,\"event_id\":\"42-0\"}";
  private static final int TICKS = 20_000;
  private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();

  @Test
  void isAPojoForFlink() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Tick.class);
  }

  @Property(tries = 20)
  void anIndexGivesTheSameTickInAnyOrderAndProcess(@ForAll long seed) throws Exception {
    TickGenerator one = TickGenerator.builder(seed).duplicates(0.2).build();
    TickGenerator other = InstantiationUtil.clone(one);

    List<RawRecord> forward = LongStream.range(0, 500).mapToObj(one::generate).toList();
    for (int i = 499; i >= 0; i--) {
      assertThat(other.generate(i)).isEqualTo(forward.get(i));
    }
  }

  @Test
  void seedsDiffer() {
    List<Tick> one = ticks(TickGenerator.builder(1).build());
    List<Tick> other = ticks(TickGenerator.builder(2).build());

    assertThat(other.stream().map(tick -> tick.price).toList())
        .isNotEqualTo(one.stream().map(tick -> tick.price).toList());
    assertThat(Collections.disjoint(one, new HashSet<>(other))).isTrue();
  }

  @Test
  void theJsonHasTheFieldsOfThePosts() throws Exception {
    TickGenerator day = TickGenerator.builder(42).build();
    for (long i = 0; i < 2_000; i++) {
      Tick tick = day.tick(i);
      RawRecord record = day.generate(i);

      JsonNode json = JSON.readTree(record.data);
      assertThat(json.fieldNames())
          .toIterable()
          .containsExactly("event_time", "ticker", "price", "volume", "event_id");
      String time = json.get("event_time").textValue();
      assertThat(time).matches("2026-01-05T\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d");
      assertThat(LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli())
          .isEqualTo(tick.eventTime);
      assertThat(json.get("ticker").textValue()).isEqualTo(tick.ticker);
      assertThat(json.get("price").doubleValue()).isEqualTo(tick.price);
      assertThat(json.get("volume").longValue()).isEqualTo(tick.volume);
      assertThat(json.get("event_id").textValue()).isEqualTo(tick.eventId);
      assertThat(record.source).isEqualTo("generated/ticks/" + i);
      assertThat(record.arrivalTimestamp).isEqualTo(day.arrival(i).toEpochMilli());
    }
  }

  @Test
  void theJsonOfAFirstTickStays() {
    String json = new String(TickGenerator.builder(42).build().generate(0).data, UTF_8);

    assertThat(json).isEqualTo(FIRST);
  }

  @Test
  void aDayHasItsSpanAndTheNextOneFollows() {
    Instant start = Instant.parse("2026-03-02T14:30:00Z");
    TickGenerator day =
        TickGenerator.builder(1)
            .ticks(1_000)
            .day(start, Duration.ofHours(5))
            .disorder(0, Duration.ZERO)
            .build();

    assertThat(day.arrival(0)).isEqualTo(start);
    assertThat(day.arrival(500)).isEqualTo(start.plus(Duration.ofMinutes(150)));
    assertThat(day.arrival(1_000)).isEqualTo(start.plus(Duration.ofHours(5)));
    assertThat(day.arrival(999)).isBefore(day.arrival(1_000));
    assertThat(day.tick(1_000).eventId).isEqualTo("1-1000");
  }

  @Property(tries = 10)
  void sharesAreWhatTheyAreSaidToBe(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 0.4) double duplicates,
      @ForAll @DoubleRange(min = 0, max = 1) double disordered) {
    TickGenerator day =
        TickGenerator.builder(seed)
            .ticks(TICKS)
            .day(Instant.EPOCH, Duration.ofMinutes(30))
            .drops(0, 600)
            .duplicates(duplicates)
            .disorder(disordered, Duration.ofSeconds(20))
            .build();
    int repeated = 0;
    int late = 0;
    Set<String> ids = new HashSet<>();
    Map<String, Tick> originals = new HashMap<>();
    for (long i = 0; i < TICKS; i++) {
      Tick tick = day.tick(i);
      boolean isNew = ids.add(tick.eventId);
      boolean isEqual = originals.computeIfAbsent(tick.eventId, id -> tick).equals(tick);
      assertThat(isNew == !day.isDuplicate(i) && isEqual).as("%d: %s", i, tick).isTrue();
      repeated += day.isDuplicate(i) ? 1 : 0;
      late += !day.isDuplicate(i) && tick.eventTime < day.arrival(i).toEpochMilli() ? 1 : 0;
    }

    assertThat((double) repeated / TICKS).isCloseTo(duplicates, within(0.05));
    assertThat((double) late / (TICKS - repeated)).isCloseTo(disordered, within(0.02));
  }

  @Property(tries = 10)
  void noTickIsMoreThanTheLagBehind(
      @ForAll long seed, @ForAll @IntRange(min = 5_000, max = 30_000) int disorderMillis) {
    TickGenerator day =
        TickGenerator.builder(seed)
            .ticks(20_000)
            .duplicates(0.1)
            .disorder(0.5, Duration.ofMillis(disorderMillis))
            .build();
    long highest = Long.MIN_VALUE;
    long greatestLag = 0;
    for (Tick tick : ticks(day)) {
      highest = Math.max(highest, tick.eventTime);
      greatestLag = Math.max(greatestLag, highest - tick.eventTime);
    }

    assertThat(greatestLag).isLessThanOrEqualTo(day.maxLag().toMillis());
    assertThat(greatestLag).as("disorder is there").isGreaterThan(disorderMillis / 2);
  }

  @Test
  void withoutDisorderAndDuplicatesAllIsInOrderAndOnce() {
    TickGenerator day =
        TickGenerator.builder(3).disorder(0, Duration.ofSeconds(9)).duplicates(0).build();

    assertThat(day.maxLag()).isEqualTo(Duration.ZERO);
    assertThat(ticks(day))
        .isSortedAccordingTo(Comparator.comparingLong(tick -> tick.eventTime))
        .extracting(tick -> tick.eventId)
        .doesNotHaveDuplicates();
  }

  @Test
  void tradesFollowZipfsLaw() {
    TickGenerator day = TickGenerator.builder(5).tickers(50).skew(1.2).build();
    Map<String, Integer> counts = new HashMap<>();
    ticks(day).forEach(tick -> counts.merge(tick.ticker, 1, Integer::sum));

    assertThat(counts).hasSize(50);
    assertThat(day.tickers()).startsWith("AMZN", "BTC").allMatch(name -> name.length() <= 6);
    double first = counts.get("AMZN");
    for (int rank : new int[] {2, 5, 20}) {
      double expected = Math.pow(rank, -1.2);
      assertThat(counts.get(day.tickers().get(rank - 1)) / first)
          .isCloseTo(expected, within(0.2 * expected));
    }
    List<Tick> even = ticks(TickGenerator.builder(5).tickers(4).skew(0).build());
    assertThat(even.stream().filter(tick -> tick.ticker.equals("BNB")).count())
        .isBetween(24_000L, 26_000L);
  }

  /** The drops that a plain computation finds are those that were planted. */
  @Property(tries = 6)
  void thePlantedDropsAreThereAndNoOthers(
      @ForAll long seed, @ForAll @IntRange(max = 30) int drops) {
    TickGenerator day =
        TickGenerator.builder(seed).ticks(40_000).tickers(7).drops(drops, 600).build();
    Map<String, List<PlainDrops.Row>> rows = new HashMap<>();
    ticks(day).stream()
        .sorted(Comparator.comparingLong(tick -> tick.eventTime))
        .forEach(
            tick ->
                rows.computeIfAbsent(tick.ticker, name -> new ArrayList<>())
                    .add(new PlainDrops.Row(tick.eventTime, tick.price)));
    List<PlantedDrop> left = new ArrayList<>(day.plantedDrops());
    assertThat(left).hasSize(drops);
    rows.forEach(
        (ticker, own) -> {
          for (PlainDrops.Drop drop : PlainDrops.of(own, 500, TEN_MINUTES)) {
            assertThat(left.removeIf(planted -> isOf(planted, ticker, drop)))
                .as("%s of %s", drop, ticker)
                .isTrue();
          }
        });
    assertThat(left).isEmpty();
  }

  private static boolean isOf(PlantedDrop planted, String ticker, PlainDrops.Drop drop) {
    Instant found = Instant.ofEpochMilli(drop.to().time());
    return planted.ticker().equals(ticker)
        && found.isAfter(planted.start())
        && found.isBefore(planted.riseStart());
  }

  @Test
  void pricesStayWithinTheirSwingOutsideOfDrops() {
    TickGenerator day = TickGenerator.builder(8).swing(60).drops(0, 600).build();
    Map<String, double[]> ranges = new HashMap<>();
    for (Tick tick : ticks(day)) {
      double[] range = ranges.computeIfAbsent(tick.ticker, name -> new double[] {1e9, 0});
      range[0] = Math.min(range[0], tick.price);
      range[1] = Math.max(range[1], tick.price);
      assertThat(tick.price * 100).isCloseTo(Math.rint(tick.price * 100), within(1e-6));
      assertThat(tick.volume).isBetween(1L, 1_000L);
    }

    assertThat(ranges.values())
        .allSatisfy(range -> assertThat(range[1] - range[0]).isBetween(15.0, 60.01));
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    TickGeneratorBuilder day = TickGenerator.builder(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> day.ticks(0))
        .withMessage("Ticks a day must be positive, but was '0'");
    assertThatIllegalArgumentException().isThrownBy(() -> day.tickers(10_001));
    assertThatIllegalArgumentException().isThrownBy(() -> day.skew(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> day.duplicates(0.51));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> day.disorder(0.5, Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> day.day(Instant.EPOCH, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TickGenerator.builder(1).drops(8, 900).build())
        .withMessageContaining("leave a price of at least 10.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TickGenerator.builder(1).drops(80, 600).build())
        .withMessageContaining("half an hour");
  }

  private static List<Tick> ticks(TickGenerator day) {
    return LongStream.range(0, day.ticksPerDay()).mapToObj(day::tick).toList();
  }
}
