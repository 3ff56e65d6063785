package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.Transformed;
import dev.sluice.common.record.Transformed.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ZstdDecoderTest {
  private static final int LIMIT = 100_000;

  private final ZstdDecoder decoder = new ZstdDecoder(LIMIT);

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void decompresses() {
    assertThat(transform(Zstd.compress(bytes("hello"))).data).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void decompressesAllFramesAndSkipsThoseThatAreToBeSkipped() {
    byte[] skippable = HexFormat.of().parseHex("502a4d18" + "03000000" + "010203");

    byte[] data = concat(Zstd.compress(bytes("one,")), skippable, Zstd.compress(bytes("two")));

    assertThat(transform(data).data).asString(UTF_8).isEqualTo("one,two");
  }

  @Test
  void failsForWhatIsNotZstd() {
    for (byte[] data : List.of(new byte[0], new byte[3], bytes("{\"a\":1}"))) {
      assertThat(transform(data).reason)
          .isEqualTo("Cannot decompress zstd record: no zstd frame at byte 0");
    }
  }

  @Test
  void failsForBytesBehindTheLastFrame() {
    byte[] frame = Zstd.compress(bytes("hello"));

    assertThat(transform(concat(frame, bytes("rest"))).result).isEqualTo(Result.PROCESSING_FAILED);
    assertThat(transform(concat(frame, new byte[1])).result).isEqualTo(Result.PROCESSING_FAILED);
  }

  @Test
  void failsForASecondFrameThatEndsEarly() {
    byte[] frame = Zstd.compress(bytes("hello"));

    for (int cut = 1; cut < frame.length; cut++) {
      assertThat(transform(concat(frame, Arrays.copyOf(frame, cut))).result)
          .isEqualTo(Result.PROCESSING_FAILED);
    }
  }

  @Test
  void failsForARecordThatIsTooLargeOfOneFrameOrOfMany() throws IOException {
    byte[] half = Zstd.compress(new byte[LIMIT / 2]);
    String reason = "Cannot decompress zstd record: it holds more than 100000 bytes";

    assertThat(transform(Zstd.compress(new byte[LIMIT])).data).hasSize(LIMIT);
    assertThat(transform(concat(half, half)).data).hasSize(LIMIT);
    assertThat(transform(streamed(new byte[LIMIT])).data).hasSize(LIMIT);
    assertThat(transform(Zstd.compress(new byte[LIMIT + 1])).reason).isEqualTo(reason);
    assertThat(transform(streamed(new byte[LIMIT + 1])).reason).isEqualTo(reason);
    assertThat(transform(concat(half, half, Zstd.compress(new byte[1]))).reason).isEqualTo(reason);
  }

  @Test
  void aBombCostsNoMoreThanTheLimit() throws IOException {
    assertThat(transform(streamed(new byte[200 << 20])).result).isEqualTo(Result.PROCESSING_FAILED);
  }

  @Test
  void decompressesTheNextRecordAfterABrokenOne() {
    byte[] healthy = Zstd.compress(bytes("hello"));
    transform(Arrays.copyOf(healthy, healthy.length - 2));

    assertThat(transform(healthy).data).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void travelsToTheTaskManagers() throws Exception {
    transform(Zstd.compress(bytes("warm")));

    try (ZstdDecoder there = InstantiationUtil.clone(decoder)) {
      assertThat(there.transform(new RawRecord(Zstd.compress(bytes("hello")), 0, "s")).data)
          .asString(UTF_8)
          .isEqualTo("hello");
    }
  }

  @Test
  void rejectsALimitOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ZstdDecoder(0))
        .withMessage("Limit of decompressed bytes must be at least 1, but was '0'");
  }

  @Property(tries = 300)
  void givesBackWhatWasCompressed(
      @ForAll @Size(min = 1, max = 4) List<byte[]> frames, @ForAll boolean sizeIsWritten)
      throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      compressed.writeBytes(sizeIsWritten ? Zstd.compress(frame) : streamed(frame));
      plain.writeBytes(frame);
    }

    assertThat(transform(compressed.toByteArray()).data).isEqualTo(plain.toByteArray());
  }

  /**
   * From incompressible to a thousandth, so that the first guess of the size is often too small.
   */
  @Property(tries = 200)
  void findsRoomForAnyRatio(
      @ForAll @IntRange(min = 1, max = LIMIT) int size,
      @ForAll @IntRange(min = 1, max = 1_000) int run,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    byte[] plain = new byte[size];
    for (int i = 0; i < size; i += run) {
      Arrays.fill(plain, i, Math.min(size, i + run), (byte) random.nextInt());
    }

    assertThat(transform(streamed(plain)).data).isEqualTo(plain);
  }

  @Property(tries = 300)
  void everyTruncationFails(@ForAll @Size(max = 50) byte[] plain, @ForAll int cut) {
    byte[] whole = Zstd.compress(plain);

    assertThat(transform(Arrays.copyOf(whole, Math.floorMod(cut, whole.length))).result)
        .isEqualTo(Result.PROCESSING_FAILED);
  }

  @Property(tries = 5_000)
  void survivesAnyBytesBehindAMagicNumber(@ForAll @Size(max = 60) byte[] noise) {
    byte[] data = concat(HexFormat.of().parseHex("28b52ffd"), noise);

    assertThat(transform(data).result).isIn(Result.OK, Result.PROCESSING_FAILED);
  }

  private Transformed transform(byte[] data) {
    return decoder.transform(new RawRecord(data, 0, "source"));
  }

  /** A frame that does not say how large it is. */
  private static byte[] streamed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
      zstd.write(plain);
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
