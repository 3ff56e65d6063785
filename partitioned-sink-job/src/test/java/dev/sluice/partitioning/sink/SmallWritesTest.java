package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SmallWritesTest {
  @Property(tries = 500)
  void keepsEveryByteInItsPlace(
      @ForAll @Size(max = 20) List<byte[]> pieces, @ForAll @IntRange(min = 1, max = 40) int bytes)
      throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Writes written = new Writes();
    SmallWrites out = new SmallWrites(written, bytes);

    for (byte[] piece : pieces) {
      out.write(piece, 0, piece.length);
      out.write(7);
      expected.writeBytes(piece);
      expected.write(7);
    }
    out.flush();

    assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(written.sizes.size()).isLessThanOrEqualTo(2 * expected.size() / bytes + 2);
  }

  private static final class Writes extends ByteArrayOutputStream {
    final List<Integer> sizes = new ArrayList<>();

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
      sizes.add(length);
      super.write(source, offset, length);
    }
  }
}
