package dev.sluice.images.inference;

/** Arithmetic on a model's output. */
public final class Probabilities {
  private Probabilities() {}

  /** Logits to probabilities, in place; shifted by the greatest, so that nothing overflows. */
  static void softmax(float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double power = Math.exp(values[i] - max);
      values[i] = (float) power;
      sum += power;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / sum);
    }
  }

  /**
   * Positions of the greatest values, greatest first; of equal ones the lower position first.
   *
   * @param count at most this many, fewer if there are fewer values
   */
  public static int[] top(float[] values, int count) {
    int[] top = new int[Math.min(count, values.length)];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      int at = found;
      while (at > 0 && values[i] > values[top[at - 1]]) {
        at--;
      }
      if (at < top.length) {
        int kept = Math.min(found, top.length - 1);
        System.arraycopy(top, at, top, at + 1, kept - at);
        top[at] = i;
        found = kept + 1;
      }
    }
    return top;
  }
}
