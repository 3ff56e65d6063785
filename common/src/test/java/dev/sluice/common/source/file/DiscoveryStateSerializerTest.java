package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;

class DiscoveryStateSerializerTest {
  private final DiscoveryStateSerializer serializer = new DiscoveryStateSerializer();

  /** Written by release 0.1; a later release must read it for ever. */
  private static final String GOLDEN_V1 =
      "000000000000001e0000" // floor: 30, before all names
          + "010000000000000063000a66696c653a2f742f7a7a" // end: 99 file:/t/zz
          + "00000002" // window of two
          + "2800000a66696c653a2f742f6161" // 40 file:/t/aa
          + "0208000162" // 42, shares 8 characters, "b"
          + "00000001" // version of Flink's splits
          + "00000000"; // none returned

  @Test
  void readsTheStateOfRelease01() throws IOException {
    DiscoveryState state = serializer.deserialize(1, HexFormat.of().parseHex(GOLDEN_V1));

    assertThat(state.floor()).isEqualTo(ObjectVersion.justBefore(30));
    assertThat(state.end()).isEqualTo(new ObjectVersion(99, "file:/t/zz", -1));
    assertThat(state.window())
        .containsExactly(
            new ObjectVersion(40, "file:/t/aa", -1), new ObjectVersion(42, "file:/t/b", -1));
    assertThat(state.returned()).isEmpty();
    assertThat(HexFormat.of().formatHex(serializer.serialize(state))).isEqualTo(GOLDEN_V1);
  }

  @Test
  void refusesTheStateOfALaterRelease() {
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .withMessage("Cannot read file discovery state of version 2: this release reads version 1");
  }

  @Test
  void keepsReturnedSplits() throws IOException {
    FileSourceSplit split =
        new ObjectVersion(5, new Path("s3://b/a %/ü.jpg").toUri().toString(), 7).toSplit();
    DiscoveryState state = new DiscoveryState(ObjectVersion.FIRST, null, List.of(), List.of(split));

    DiscoveryState read = serializer.deserialize(1, serializer.serialize(state));

    assertThat(read.end()).isNull();
    assertThat(read.returned())
        .singleElement()
        .satisfies(
            again -> {
              assertThat(again.path()).isEqualTo(split.path());
              assertThat(again.path().toString()).isEqualTo("s3://b/a %/ü.jpg");
              assertThat(again.splitId()).isEqualTo(split.splitId());
              assertThat(again.fileSize()).isEqualTo(7);
              assertThat(again.fileModificationTime()).isEqualTo(5);
            });
  }

  @Property
  void readsBackWhatItWrote(@ForAll("windows") List<ObjectVersion> window) throws IOException {
    DiscoveryState state =
        new DiscoveryState(
            ObjectVersion.FIRST, null, new ArrayList<>(new TreeSet<>(window)), List.of());

    DiscoveryState read = serializer.deserialize(1, serializer.serialize(state));

    assertThat(read.window()).isEqualTo(state.window());
  }

  @Provide
  Arbitrary<List<ObjectVersion>> windows() {
    Arbitrary<Long> times =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.longs().between(1_700_000_000_000L, 1_700_000_000_009L));
    Arbitrary<String> uris =
        Arbitraries.oneOf(
            Arbitraries.strings().all().ofMaxLength(9),
            Arbitraries.strings().withChars("ab😀").ofMaxLength(5).map(name -> "s3://b/" + name));
    return Combinators.combine(times, uris)
        .as((time, uri) -> new ObjectVersion(time, uri, -1))
        .list()
        .ofMaxSize(50);
  }
}
