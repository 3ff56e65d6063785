package dev.sluice.images.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.images.Classification;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {
  private static final String PREFIX = "data:image/jpeg;base64,";

  @TempDir Path folder;
  private final Thumbnails thumbnails = new Thumbnails();

  @AfterEach
  void close() {
    thumbnails.close();
  }

  @Test
  void areSmallAndKeepShapeAndColours() throws Exception {
    BufferedImage thumbnail = decode(thumbnails.of(picture("wide.png", 300, 200)));

    assertThat(thumbnail.getHeight()).isEqualTo(Thumbnails.HEIGHT);
    assertThat(thumbnail.getWidth()).isEqualTo(192);
    assertColour(thumbnail, 10, 10, Color.RED);
    assertColour(thumbnail, 180, 10, Color.BLUE);
  }

  @Test
  void areNeverEnlarged() throws Exception {
    BufferedImage thumbnail = decode(thumbnails.of(picture("tiny.png", 32, 20)));

    assertThat(thumbnail.getWidth()).isEqualTo(32);
    assertThat(thumbnail.getHeight()).isEqualTo(20);
  }

  @Test
  void ofPanoramasAreNoWiderThanOthers() throws Exception {
    BufferedImage thumbnail = decode(thumbnails.of(picture("panorama.png", 4_000, 100)));

    assertThat(thumbnail.getWidth()).isEqualTo(192);
    assertThat(thumbnail.getHeight()).isEqualTo(5);
  }

  @Test
  void areMissingForImagesThatAreGone() throws Exception {
    SampledImage image = picture("gone.png", 30, 20);
    Files.delete(folder.resolve("gone.png"));

    assertThat(thumbnails.of(image)).isEmpty();
  }

  /** The first bytes are still those of the picture, so only the size tells. */
  @Test
  void areMissingForImagesOfAnotherSizeThanBefore() throws Exception {
    SampledImage image = picture("longer.png", 30, 20);
    Path file = folder.resolve("longer.png");
    FileTime written = Files.getLastModifiedTime(file);
    Files.write(file, new byte[10], StandardOpenOption.APPEND);
    Files.setLastModifiedTime(file, written);

    assertThat(thumbnails.of(image)).isEmpty();
  }

  @Test
  void areMissingForImagesThatWereWrittenAgain() throws Exception {
    SampledImage image = picture("same.png", 30, 20);
    Files.setLastModifiedTime(
        folder.resolve("same.png"), FileTime.fromMillis(image.modificationTime + 1_000));

    assertThat(thumbnails.of(image)).isEmpty();
  }

  /** Some file systems list whole seconds only. */
  @Test
  void areThereIfOnlyTheFractionOfTheSecondDiffers() throws Exception {
    SampledImage image = picture("same.png", 30, 20);
    Files.setLastModifiedTime(
        folder.resolve("same.png"), FileTime.fromMillis(image.modificationTime + 999));

    assertThat(thumbnails.of(image)).isPresent();
  }

  @Test
  void areMissingForWhatIsNoImage() throws Exception {
    Path file = Files.writeString(folder.resolve("text.jpg"), "no image");

    assertThat(thumbnails.of(sampled(file))).isEmpty();
    assertThat(thumbnails.of(picture("after.png", 30, 20))).isPresent();
  }

  @Test
  void areGivenUpAfterThreeFailedReadsInARow() throws Exception {
    SampledImage good = picture("good.png", 30, 20);
    SampledImage elsewhere =
        new SampledImage(RunFolder.result("nosuchsystem://a/1.jpg", "ring", 1), Optional.empty());

    thumbnails.of(elsewhere);
    thumbnails.of(elsewhere);
    assertThat(thumbnails.of(good)).isPresent();
    thumbnails.of(elsewhere);
    thumbnails.of(elsewhere);
    thumbnails.of(elsewhere);

    assertThat(thumbnails.of(good)).isEmpty();
  }

  @Test
  void areThereForNamesWithABackslash() throws Exception {
    Path file = folder.resolve("back\\slash ü.png");
    Files.copy(Path.of(new URI(picture("plain.png", 30, 20).path)), file);
    Classification result = RunFolder.result("file:" + file, "ring", 0.9);
    result.size = Files.size(file);
    result.modificationTime = Files.getLastModifiedTime(file).toMillis();

    assertThat(thumbnails.of(new SampledImage(result, Optional.empty()))).isPresent();
  }

  /** Left half red, right half blue. */
  private SampledImage picture(String name, int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return sampled(file);
  }

  private static SampledImage sampled(Path file) throws Exception {
    Classification result = RunFolder.result(file.toUri().toString(), "ring", 0.9);
    result.size = Files.size(file);
    result.modificationTime = Files.getLastModifiedTime(file).toMillis();
    return new SampledImage(result, Optional.empty());
  }

  private static BufferedImage decode(Optional<String> uri) throws Exception {
    assertThat(uri).hasValueSatisfying(text -> assertThat(text).startsWith(PREFIX));
    byte[] jpeg = Base64.getDecoder().decode(uri.orElseThrow().substring(PREFIX.length()));
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private static void assertColour(BufferedImage image, int x, int y, Color expected) {
    Color is = new Color(image.getRGB(x, y));
    assertThat(is.getRed()).isCloseTo(expected.getRed(), within(12));
    assertThat(is.getGreen()).isCloseTo(expected.getGreen(), within(12));
    assertThat(is.getBlue()).isCloseTo(expected.getBlue(), within(12));
  }
}
