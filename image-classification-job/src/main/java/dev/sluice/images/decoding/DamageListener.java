package dev.sluice.images.decoding;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells damage from oddity among a decoder's warnings. ImageIO's JPEG reader goes on in silence
 * when data is missing and fills the rest with grey; half an image is not to be classified.
 */
final class DamageListener implements IIOReadWarningListener {
  private @Nullable String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    if (text.contains("premature end") || text.contains("bad huffman")) {
      damage = warning;
    }
  }

  void check() throws UnreadableImageException {
    if (damage != null) {
      throw new UnreadableImageException("image-corrupt", damage);
    }
  }
}
