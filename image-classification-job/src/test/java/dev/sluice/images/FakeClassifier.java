package dev.sluice.images;

import dev.sluice.images.decoding.Pictures;
import dev.sluice.images.decoding.Preprocessing;
import dev.sluice.images.decoding.ResizeRule;
import dev.sluice.images.decoding.RgbImage;
import dev.sluice.images.decoding.UnreadableImageException;
import dev.sluice.images.inference.ImageClassifier;
import dev.sluice.images.inference.ModelCard;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sees one pixel: its red is the class, or one of the faults. So a test says with an image what the
 * model is to say of it.
 */
final class FakeClassifier implements ImageClassifier {
  static final int CLASSES = 4;
  static final int ALL_NAN = 200;
  static final int ONE_INFINITE = 201;
  static final int FAILS = 202;
  static final int NO_FORM = 203;

  /** Sizes of the batches of all classifiers, in their order; a test clears it first. */
  static final List<Integer> BATCHES = Collections.synchronizedList(new ArrayList<>());

  /** Classifiers that are open. */
  static final List<FakeClassifier> OPEN = Collections.synchronizedList(new ArrayList<>());

  private final int[] reds;

  FakeClassifier(int maxBatch) {
    reds = new int[maxBatch];
    OPEN.add(this);
  }

  /** A PNG file of one pixel. */
  static byte[] image(int red) throws Exception {
    BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    pixel.setRGB(0, 0, red << 16);
    return Pictures.encode(pixel, "png");
  }

  @Override
  public ModelCard model() {
    return new ModelCard("fake", "1", "ab".repeat(32), List.of("c0", "c1", "c2", "c3"));
  }

  @Override
  public Preprocessing preprocessing() {
    return new Preprocessing(1, 1, ResizeRule.exactly(1, 1), null, null);
  }

  @Override
  public void put(int position, RgbImage image) throws UnreadableImageException {
    if (image.get(0, 0, 0) == NO_FORM) {
      throw new UnreadableImageException("image-too-narrow", "no form for the model");
    }
    reds[position] = image.get(0, 0, 0);
  }

  @Override
  public float[][] classify(int count) {
    BATCHES.add(count);
    float[][] rows = new float[count][CLASSES];
    for (int i = 0; i < count; i++) {
      if (reds[i] == FAILS) {
        throw new IllegalStateException("the model fails on this batch");
      }
      for (int c = 0; c < CLASSES; c++) {
        rows[i][c] = c == reds[i] ? 0.7f : reds[i] == ALL_NAN ? Float.NaN : 0.1f;
      }
      if (reds[i] == ONE_INFINITE) {
        rows[i][CLASSES - 1] = Float.POSITIVE_INFINITY;
      }
    }
    return rows;
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }
}
