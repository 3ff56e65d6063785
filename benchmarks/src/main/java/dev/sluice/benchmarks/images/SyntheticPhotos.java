package dev.sluice.benchmarks.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/**
 * JPEG files that cost a decoder what photos cost it: noise of all sizes, as strong as its waves
 * are long, like the brightness of natural scenes; colours that vary slowly; some grain.
 *
 * <p>The same numbers make the same files: the seed of a file is its number.
 */
final class SyntheticPhotos {
  private static final float QUALITY = 0.85f;

  private final int width;
  private final int height;
  private final int distinct;
  private final float grain;

  /**
   * @param distinct different photos; further files are copies of them
   * @param grain magnitude of the finest noise, 0 to 127: decides the size of the files
   */
  SyntheticPhotos(int width, int height, int distinct, float grain) {
    this.width = width;
    this.height = height;
    this.distinct = distinct;
    this.grain = grain;
  }

  /** Fills a folder, unless it has as many files already. Numbers start at {@code first}. */
  Path into(Path folder, int count, int first) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(String.format("photo-%06d.jpg", i));
      if (Files.exists(file)) {
        continue;
      }
      if (i < distinct) {
        write(file, first + i);
      } else {
        Files.copy(folder.resolve(String.format("photo-%06d.jpg", i % distinct)), file);
      }
    }
    return folder;
  }

  /** By way of another name: what an interrupted run leaves is not taken for a photo. */
  private void write(Path file, int number) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (FileImageOutputStream out = new FileImageOutputStream(draft.toFile())) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(paint(number), null, null), parameters);
    } finally {
      writer.dispose();
    }
    Files.move(draft, file);
  }

  private BufferedImage paint(int number) {
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    List<ValueNoise> light = octaves(random, 1, 60);
    List<ValueNoise> blue = octaves(random, 32, 25);
    List<ValueNoise> red = octaves(random, 32, 25);
    float[] lightRow = new float[width];
    float[] blueRow = new float[width];
    float[] redRow = new float[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      fill(lightRow, light, y);
      fill(blueRow, blue, y);
      fill(redRow, red, y);
      for (int x = 0; x < width; x++) {
        float level = 128 + lightRow[x];
        bytes[at++] = level(level + blueRow[x]);
        bytes[at++] = level(level - (blueRow[x] + redRow[x]) / 3);
        bytes[at++] = level(level + redRow[x]);
      }
    }
    return image;
  }

  /** From a third of the width down to the smallest cell, each half as wide and weaker. */
  private List<ValueNoise> octaves(Random random, int smallest, float strongest) {
    List<ValueNoise> octaves = new ArrayList<>();
    float amplitude = strongest;
    for (int cell = width / 3; cell >= smallest; cell /= 2) {
      octaves.add(new ValueNoise(random, width, height, cell, amplitude));
      amplitude = Math.max(amplitude * 0.6f, smallest == 1 ? grain : 0);
    }
    return octaves;
  }

  private static void fill(float[] row, List<ValueNoise> octaves, int y) {
    java.util.Arrays.fill(row, 0);
    octaves.forEach(octave -> octave.addTo(row, y));
  }

  private static byte level(float value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
