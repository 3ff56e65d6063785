package dev.sluice.common.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.KplAggregate;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KplRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HiddenAggregatesTest {
  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  @Property
  void showsWhatWasHidden(@ForAll("records") byte[] record) {
    ByteBuffer hidden = HiddenAggregates.hide(ByteBuffer.wrap(record));

    assertThat(HiddenAggregates.show(bytes(hidden))).isEqualTo(record);
  }

  @Property
  void hidesEveryMagicNumber(@ForAll("records") byte[] record) {
    ByteBuffer hidden = HiddenAggregates.hide(ByteBuffer.wrap(record));

    assertThat(Arrays.mismatch(bytes(hidden), MAGIC)).isBetween(0, MAGIC.length - 1);
  }

  @Test
  void anAggregateIsNoneWhileItIsHidden() {
    byte[] aggregate = KplRecord.of(List.of(KinesisPut.of("k", new byte[] {1}))).data();

    byte[] hidden = bytes(HiddenAggregates.hide(ByteBuffer.wrap(aggregate)));

    assertThat(KplAggregate.isAggregate(aggregate)).isTrue();
    assertThat(KplAggregate.isAggregate(hidden)).isFalse();
    assertThat(HiddenAggregates.show(hidden)).isEqualTo(aggregate);
  }

  @Test
  void copiesNothingElse() {
    byte[] plain = {0, 0, 1, 2, 3};

    ByteBuffer buffer = ByteBuffer.wrap(plain);

    assertThat(HiddenAggregates.hide(buffer)).isSameAs(buffer);
    assertThat(HiddenAggregates.show(plain)).isSameAs(plain);
  }

  @Test
  void looksAtTheRestOfABufferOnly() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, (byte) 0xf3, (byte) 0x89, (byte) 0x9a, -62});
    buffer.position(1);

    ByteBuffer hidden = HiddenAggregates.hide(buffer);

    assertThat(hidden.remaining()).isEqualTo(5);
    assertThat(buffer.position()).isOne();
    assertThat(HiddenAggregates.show(bytes(hidden))).isEqualTo(MAGIC);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Zero bytes, then the magic number or a part of it, then anything: near the rule's border. */
  @Provide
  Arbitrary<byte[]> records() {
    Arbitrary<Integer> zeros = Arbitraries.integers().between(0, 3);
    Arbitrary<Integer> magic = Arbitraries.integers().between(0, MAGIC.length);
    Arbitrary<byte[]> rest = Arbitraries.bytes().array(byte[].class).ofMaxSize(5);
    return Combinators.combine(zeros, magic, rest)
        .as(
            (zero, length, bytes) -> {
              ByteBuffer record = ByteBuffer.allocate(zero + length + bytes.length);
              record.position(zero);
              record.put(MAGIC, 0, length).put(bytes);
              return record.array();
            });
  }
}
