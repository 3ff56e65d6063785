package dev.sluice.common.producer;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Makes what was written to a file last, or fails. */
@FunctionalInterface
interface SpoolDisk {
  SpoolDisk REAL = channel -> channel.force(false);

  void force(FileChannel channel) throws IOException;
}
