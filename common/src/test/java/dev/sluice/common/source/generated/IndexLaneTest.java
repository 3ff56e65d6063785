package dev.sluice.common.source.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexLaneTest {
  private final IndexLaneSerializer serializer = new IndexLaneSerializer();
  private final IndexLanesSerializer listSerializer = new IndexLanesSerializer();

  @Test
  void lanesTogetherHaveEachIndexOnce() {
    int limit = 5 * IndexLane.LANES * IndexLane.BLOCK + 17;
    BitSet seen = new BitSet();
    for (IndexLane lane : IndexLane.all()) {
      for (long index = lane.next(); index < limit; index = IndexLane.after(index)) {
        assertThat(seen.get((int) index)).as("index %s", index).isFalse();
        seen.set((int) index);
      }
    }

    assertThat(seen.cardinality()).isEqualTo(limit);
  }

  @Test
  void lanesHaveNamesOfTheirOwn() {
    assertThat(IndexLane.all().stream().map(IndexLane::splitId)).doesNotHaveDuplicates();
  }

  @Test
  void stateComesBackAsItWas() throws IOException {
    IndexLane lane = new IndexLane(127, Long.MAX_VALUE - 3);

    IndexLane restored = serializer.deserialize(1, serializer.serialize(lane));

    assertThat(restored).usingRecursiveComparison().isEqualTo(lane);
  }

  /** The form of savepoints: neither it nor what the numbers mean may change. */
  @Test
  void readsTheStateOfTheFirstRelease() throws IOException {
    byte[] written = {0, 0, 0, 7, 0, 0, 0, 0, 0, 1, 0, 2};

    IndexLane lane = serializer.deserialize(1, written);

    assertThat(lane.lane()).isEqualTo(7);
    assertThat(lane.next()).isEqualTo(0x10002);
    assertThat(serializer.serialize(lane)).isEqualTo(written);
    assertThat(IndexLane.LANES).isEqualTo(128);
    assertThat(IndexLane.BLOCK).isEqualTo(64);
    assertThat(IndexLane.all().get(7).next()).isEqualTo(448);
  }

  @Test
  void listsComeBackAsTheyWere() throws IOException {
    for (List<IndexLane> lanes : List.of(List.<IndexLane>of(), IndexLane.all())) {
      List<IndexLane> restored = listSerializer.deserialize(1, listSerializer.serialize(lanes));

      assertThat(restored).usingRecursiveComparison().isEqualTo(lanes);
    }
  }

  @Test
  void refusesAnotherVersionAndBrokenState() {
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(2, new byte[12]))
        .withMessage(
            "Cannot read a generated source's state of version '2': this release reads version 1");
    assertThatIOException()
        .isThrownBy(() -> listSerializer.deserialize(0, new byte[0]))
        .withMessageContaining("of version '0'");
    assertThatIOException()
        .isThrownBy(() -> listSerializer.deserialize(1, new byte[13]))
        .withMessage("A lane of generated records must have 12 bytes, but has '1'");
  }

  /** The rate is shared among these: few records would else come at a part of it. */
  @Test
  void knowsHowManyLanesHaveAnIndex() {
    for (long records : new long[] {1, 63, 64, 65, 300, 8_128, 8_129, 8_192, 8_193, 1_000_000}) {
      long used = IndexLane.all().stream().filter(lane -> lane.next() < records).count();
      assertThat(IndexLane.used(records)).as("%d records", records).isEqualTo((int) used);
    }
    assertThat(IndexLane.used(0)).isEqualTo(1);
    assertThat(IndexLane.used(Long.MAX_VALUE)).isEqualTo(IndexLane.LANES);
  }
}
