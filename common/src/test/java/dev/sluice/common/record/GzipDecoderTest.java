package dev.sluice.common.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.common.record.Transformed.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GzipDecoderTest {
  private static final int LIMIT = 100_000;

  private final GzipDecoder decoder = new GzipDecoder(LIMIT);

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void decompresses() throws IOException {
    Transformed transformed = transform(gzip(bytes("hello")));

    assertThat(transformed.result).isEqualTo(Result.OK);
    assertThat(transformed.data).asString(UTF_8).isEqualTo("hello");
    assertThat(transformed.partitionKeys).isEmpty();
  }

  @Test
  void decompressesAllMembers() throws IOException {
    byte[] data = concat(gzip(bytes("one,")), gzip(bytes("")), gzip(bytes("two")));

    assertThat(transform(data).data).asString(UTF_8).isEqualTo("one,two");
  }

  /** FLG = 0x1f: text, header checksum, extra field, name and comment. */
  @Test
  void readsHeadersWithEveryField() throws IOException {
    byte[] plain = gzip(bytes("hello"));
    byte[] head =
        HexFormat.of().parseHex("1f8b081f000000000003" + "0200abcd" + "6e00" + "6300" + "9999");

    byte[] data = concat(head, Arrays.copyOfRange(plain, 10, plain.length));

    assertThat(transform(data).data).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void failsForWhatIsNotGzip() throws IOException {
    assertFails(bytes("{\"a\":1}"), "no gzip header at byte 0");
    assertFails(new byte[0], "no gzip header at byte 0");
    assertFails(new byte[] {0x1f, (byte) 0x8b}, "it ends early");
    assertFails(
        HexFormat.of().parseHex("1f8b07000000000000030300"), "unknown method or flags at byte 0");
  }

  @Test
  void failsForBytesBehindTheLastMemberWhichTheJdkLosesSilently() throws IOException {
    byte[] member = gzip(bytes("hello"));

    assertFails(concat(member, bytes("rest")), "no gzip header at byte " + member.length);
  }

  @Test
  void failsForAWrongChecksum() throws IOException {
    byte[] data = gzip(bytes("hello"));
    data[data.length - 8] ^= 1;

    assertFails(data, "its checksum or length is wrong");
  }

  @Test
  void failsForARecordThatIsTooLargeOfOneMemberOrOfMany() throws IOException {
    byte[] half = gzip(new byte[LIMIT / 2]);

    assertThat(transform(gzip(new byte[LIMIT])).data).hasSize(LIMIT);
    assertThat(transform(concat(half, half)).data).hasSize(LIMIT);
    assertFails(gzip(new byte[LIMIT + 1]), "it holds more than 100000 bytes");
    assertFails(concat(half, half, gzip(new byte[1])), "it holds more than 100000 bytes");
  }

  @Test
  void aBombCostsNoMoreThanTheLimit() throws IOException {
    byte[] bomb = gzip(new byte[200 << 20]);

    assertFails(bomb, "it holds more than 100000 bytes");
  }

  @Test
  void decompressesTheNextRecordAfterABrokenOne() throws IOException {
    byte[] healthy = gzip(bytes("hello"));
    transform(Arrays.copyOf(healthy, healthy.length - 9));

    assertThat(transform(healthy).data).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void travelsToTheTaskManagers() throws Exception {
    transform(gzip(bytes("warm")));

    try (GzipDecoder there = InstantiationUtil.clone(decoder)) {
      assertThat(there.transform(new RawRecord(gzip(bytes("hello")), 0, "s")).data)
          .asString(UTF_8)
          .isEqualTo("hello");
    }
  }

  @Test
  void mayBeUsedAfterItWasClosed() throws IOException {
    decoder.close();
    decoder.close();

    assertThat(transform(gzip(bytes("hello"))).result).isEqualTo(Result.OK);
  }

  @Test
  void rejectsALimitOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GzipDecoder(0))
        .withMessage("Limit of decompressed bytes must be at least 1, but was '0'");
  }

  @Property(tries = 500)
  void givesBackWhatWasCompressed(@ForAll @Size(min = 1, max = 4) List<byte[]> members)
      throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (byte[] member : members) {
      compressed.writeBytes(gzip(member));
      plain.writeBytes(member);
    }

    assertThat(transform(compressed.toByteArray()).data).isEqualTo(plain.toByteArray());
  }

  @Property(tries = 300)
  void everyTruncationFails(@ForAll @Size(max = 30) byte[] plain, @ForAll int cut)
      throws IOException {
    byte[] whole = gzip(plain);

    Transformed transformed = transform(Arrays.copyOf(whole, Math.floorMod(cut, whole.length)));

    assertThat(transformed.result).isEqualTo(Result.PROCESSING_FAILED);
  }

  @Property(tries = 5_000)
  void survivesAnyBytesBehindAHeader(@ForAll @Size(max = 60) byte[] noise) {
    byte[] data = concat(HexFormat.of().parseHex("1f8b0800000000000003"), noise);

    Transformed transformed = transform(data);

    assertThat(transformed.result).isIn(Result.OK, Result.PROCESSING_FAILED);
    assertThat(transform(noise).result).isEqualTo(Result.PROCESSING_FAILED);
  }

  private Transformed transform(byte[] data) {
    return decoder.transform(new RawRecord(data, 0, "source"));
  }

  private void assertFails(byte[] data, String reason) {
    Transformed transformed = transform(data);

    assertThat(transformed.result).isEqualTo(Result.PROCESSING_FAILED);
    assertThat(transformed.reason).isEqualTo("Cannot decompress gzip record: " + reason);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
