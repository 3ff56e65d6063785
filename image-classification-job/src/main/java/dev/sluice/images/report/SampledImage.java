package dev.sluice.images.report;

import dev.sluice.images.Classification;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the contact sheet needs of a result. Immutable. */
final class SampledImage {
  private static final int TOP = 3;

  final String path;
  final long size;
  final long modificationTime;
  final String[] classes;
  final float[] probabilities;
  private final @Nullable String label;

  SampledImage(Classification result, Optional<String> label) {
    int top = Math.min(TOP, result.classes.length);
    path = result.path;
    size = result.size;
    modificationTime = result.modificationTime;
    classes = Arrays.copyOf(result.classes, top);
    probabilities = Arrays.copyOf(result.probabilities, top);
    this.label = label.orElse(null);
  }

  Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** Whether the label is known and another class came first. */
  boolean isWrong() {
    return label != null && !label.equals(classes[0]);
  }

  float confidence() {
    return probabilities[0];
  }

  /**
   * A number that depends on the path alone and on nothing in it that people choose by: FNV-1a with
   * the last steps of MurmurHash3, which spread paths that differ in their last digit only.
   */
  long lot() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
