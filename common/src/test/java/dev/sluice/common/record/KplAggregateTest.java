package dev.sluice.common.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KplAggregateTest {
  private final KplAggregate splitter = new KplAggregate();

  @Test
  void takesAnAggregateApart() throws Exception {
    byte[] aggregate = KplBytes.aggregate(bytes("one"), bytes(""), bytes("three".repeat(100)));

    Taken taken = Taken.from(splitter, aggregate);

    assertThat(KplAggregate.isAggregate(aggregate)).isTrue();
    assertThat(taken.texts()).containsExactly("one", "", "three".repeat(100));
  }

  /** Bytes written by hand from the format's description, not by the writer of this test. */
  @Test
  void readsAggregatesByteByByte() throws Exception {
    byte[] message =
        HexFormat.of()
            .parseHex(
                "0a036b6579" // partition_key_table: "key"
                    + "1a06"
                    + "0800"
                    + "1a026869" // record: key 0, data "hi"
                    + "1a0e"
                    + "0800"
                    + "1a0161"
                    + "2207"
                    + "0a016b"
                    + "120276"
                    + "76"); // a tag

    assertThat(Taken.from(splitter, KplBytes.envelope(message)).texts()).containsExactly("hi", "a");
  }

  @Test
  void everyOtherRecordIsOnePieceUnchanged() throws Exception {
    for (byte[] data : List.of(bytes(""), bytes("{}"), new byte[] {(byte) 0xf3, (byte) 0x89})) {
      assertThat(Taken.from(splitter, data).pieces).singleElement().isSameAs(data);
    }
  }

  @Test
  void aWrongChecksumMeansNoAggregateAsInTheClientLibrary() throws Exception {
    byte[] aggregate = KplBytes.aggregate(bytes("one"));
    aggregate[aggregate.length - 1] ^= 1;

    assertThat(Taken.from(splitter, aggregate).pieces).singleElement().isSameAs(aggregate);
  }

  @ParameterizedTest
  @CsvSource({
    "1a0508001a0568, field 3 is longer than its message",
    "1a0908001a0568, field 3 is longer than its message",
    "1a020800, a record has no data",
    "1aff, a number does not end",
    "ffffffffffffffffffffff, a number has more than 10 bytes",
    "0200, field number 0 is not allowed",
    "1b, wire type 3 is not allowed",
    "1a0308001a, a number does not end",
    "1800, 'field 3 must have a length, but has none'",
    "0d0000, field 1 is longer than its message"
  })
  void anAggregateThatItsProducerBrokeIsBrokenAsAWhole(String message, String reason)
      throws Exception {
    String healthy = "1a0508001a0168";
    byte[] data = KplBytes.envelope(HexFormat.of().parseHex(healthy + message));

    Taken taken = Taken.from(splitter, data);

    assertThat(taken.pieces).isEmpty();
    assertThat(taken.broken).containsExactly(data);
    assertThat(taken.reasons)
        .containsExactly("KPL aggregate with a right checksum is malformed: " + reason);
  }

  @Test
  void anAggregateOfNothingIsBrokenNotGone() throws Exception {
    byte[] data = KplBytes.aggregate();

    assertThat(Taken.from(splitter, data).broken).containsExactly(data);
    assertThat(Taken.from(splitter, data).reasons)
        .containsExactly("KPL aggregate holds no records");
  }

  @Test
  void skipsFieldsThatItDoesNotKnow() throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(HexFormat.of().parseHex("2001" + "290102030405060708" + "3501020304"));
    KplBytes.field(message, 3, HexFormat.of().parseHex("1a0168"));

    assertThat(Taken.from(splitter, KplBytes.envelope(message.toByteArray())).texts())
        .containsExactly("h");
  }

  @Property(tries = 500)
  void givesBackWhatWasAggregated(@ForAll @Size(min = 1, max = 20) List<byte[]> records)
      throws Exception {
    Taken taken = Taken.from(splitter, KplBytes.aggregate(records.toArray(new byte[0][])));

    assertThat(taken.pieces).containsExactlyElementsOf(records);
    assertThat(taken.broken).isEmpty();
  }

  @Property(tries = 5_000)
  void takesAnyMessageApartOrGivesTheWholeRecordBack(@ForAll @Size(max = 40) byte[] message)
      throws Exception {
    byte[] data = KplBytes.envelope(message);

    Taken taken = Taken.from(splitter, data);

    if (taken.broken.isEmpty()) {
      assertThat(taken.pieces).isNotEmpty();
    } else {
      assertThat(taken.pieces).isEmpty();
      assertThat(taken.broken).containsExactly(data);
    }
  }

  @Property(tries = 2_000)
  void anyDamageLeavesTheRecordWhole(
      @ForAll @Size(min = 1, max = 5) List<byte[]> records,
      @ForAll int where,
      @ForAll("not zero") byte change)
      throws Exception {
    byte[] data = KplBytes.aggregate(records.toArray(new byte[0][]));
    data[Math.floorMod(where, data.length)] ^= change;

    assertThat(Taken.from(splitter, data).pieces).singleElement().isSameAs(data);
  }

  @Property(tries = 200)
  void aTruncatedAggregateStaysWhole(@ForAll @Size(max = 50) byte[] record, @ForAll int cut)
      throws Exception {
    byte[] whole = KplBytes.aggregate(record);
    byte[] data = Arrays.copyOf(whole, Math.floorMod(cut, whole.length));

    assertThat(Taken.from(splitter, data).pieces).singleElement().isSameAs(data);
  }

  @Provide("not zero")
  Arbitrary<Byte> notZero() {
    return Arbitraries.bytes().filter(b -> b != 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
