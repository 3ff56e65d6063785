package dev.sluice.partitioning.sink;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.util.TemporaryClassLoaderContext;

/**
 * Writes with the class loader of the file system as the thread's; between two writes it is that of
 * the format, which may need its own. For large chunks: each one costs two changes.
 */
final class PluginOutput extends FilterOutputStream {
  private final ClassLoader plugin;

  PluginOutput(OutputStream out, ClassLoader plugin) {
    super(out);
    this.plugin = plugin;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
      out.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
      out.flush();
    }
  }
}
