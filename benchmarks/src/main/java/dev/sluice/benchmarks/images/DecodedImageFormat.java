package dev.sluice.benchmarks.images;

import ai.djl.modality.cv.ImageFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes each file where it is read. */
final class DecodedImageFormat extends SimpleStreamFormat<DecodedImage> {
  private static final long serialVersionUID = 1L;

  @Override
  public StreamFormat.Reader<DecodedImage> createReader(
      Configuration config, FSDataInputStream stream) {
    return new Reader(stream);
  }

  @Override
  public TypeInformation<DecodedImage> getProducedType() {
    return TypeInformation.of(DecodedImage.class);
  }

  private static final class Reader implements StreamFormat.Reader<DecodedImage> {
    private final FSDataInputStream stream;

    Reader(FSDataInputStream stream) {
      this.stream = stream;
    }

    @Override
    public @Nullable DecodedImage read() throws IOException {
      byte[] bytes = stream.readAllBytes();
      if (bytes.length == 0) {
        return null;
      }
      return new DecodedImage(
          ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(bytes)));
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
