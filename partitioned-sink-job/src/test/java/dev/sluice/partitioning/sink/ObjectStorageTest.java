package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.partitioning.format.ObjectFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStorageTest {
  @TempDir Path root;

  @Test
  void fileSystemsSeeTheirOwnClassLoaderAndFormatsThatOfTheJob() throws Exception {
    DisturbedWriter disk = new DisturbedWriter();
    ClassLoader plugin = DisturbedWriter.class.getClassLoader();
    AtomicReference<ClassLoader> ofFormat = new AtomicReference<>();

    try (URLClassLoader job = new URLClassLoader(new URL[0], plugin);
        TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(job)) {
      disk.storage().commit(disk.storage().write(object(new Looking(ofFormat))));

      assertThat(ofFormat.get()).isSameAs(job);
      assertThat(disk.loaders).hasSize(2).allMatch(loader -> loader == plugin);
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(job);
    }
  }

  private CutObject object(ObjectFormat format) {
    SegmentPool pool = new SegmentPool(1 << 20);
    BufferGroup group = new BufferGroup(false, format, BufferRules.ofBytes(1024));
    PartitionBuffer buffer = group.open("p/", 0L);
    buffer.rows.append("row".getBytes(UTF_8), pool);
    return new CutObject(buffer, "file:" + root + "/p/object", pool);
  }

  private static final class Looking implements ObjectFormat {
    private static final long serialVersionUID = 1L;

    private final transient AtomicReference<ClassLoader> seen;
    private final Lines lines = new Lines();

    Looking(AtomicReference<ClassLoader> seen) {
      this.seen = seen;
    }

    @Override
    public void write(Rows rows, OutputStream out) throws IOException {
      seen.set(Thread.currentThread().getContextClassLoader());
      lines.write(rows, out);
    }

    @Override
    public String extension() {
      return lines.extension();
    }

    @Override
    public boolean isConcatenable() {
      return lines.isConcatenable();
    }
  }
}
