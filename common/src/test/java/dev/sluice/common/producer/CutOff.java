package dev.sluice.common.producer;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import java.io.IOException;
import java.util.Optional;

/** A register behind a network that can be cut. */
final class CutOff implements RegionRegister {
  private final RegionRegister inner;
  volatile boolean cut;

  CutOff(RegionRegister inner) {
    this.inner = inner;
  }

  @Override
  public void prepare() {}

  @Override
  public Optional<ActiveRegion> read(String stream) throws IOException {
    if (cut) {
      throw new IOException("Cut off");
    }
    return inner.read(stream);
  }

  @Override
  public ActiveRegion change(long epoch, RegionChange change) throws IOException {
    return inner.change(epoch, change);
  }

  @Override
  public void close() {}
}
