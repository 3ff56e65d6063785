package dev.sluice.images.inference;

import dev.sluice.images.decoding.Preprocessing;
import dev.sluice.images.decoding.RgbImage;
import dev.sluice.images.decoding.UnreadableImageException;
import java.io.Serializable;

/** Gives images probabilities, a batch at a time. For one thread. */
public interface ImageClassifier extends AutoCloseable {

  /** Which model this is. */
  ModelCard model();

  /** How it wants images prepared. */
  Preprocessing preprocessing();

  /**
   * Prepares an image for the next {@link #classify}.
   *
   * @param position from 0 to the batch size that the factory was given, less 1
   * @throws UnreadableImageException if the image has no form that the model takes
   */
  void put(int position, RgbImage image) throws UnreadableImageException;

  /**
   * Classifies the images at positions 0 to {@code count - 1}.
   *
   * @return per image a probability per class, in the order of {@link ModelCard#classes}; each row
   *     sums up to 1
   */
  float[][] classify(int count) throws Exception;

  @Override
  void close() throws Exception;

  /** Opens a classifier in each subtask. */
  interface Factory extends Serializable {
    /**
     * A classifier of its own for the calling thread.
     *
     * @param maxBatch images per {@link #classify} at most
     */
    ImageClassifier open(int maxBatch) throws Exception;
  }
}
