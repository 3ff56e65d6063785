package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {
  @Property(tries = 500)
  void softmaxSumsUpToOneAndKeepsTheOrder(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -1e30f, max = 1e30f) Float> list) {
    float[] logits = array(list);
    float[] probabilities = logits.clone();

    Probabilities.softmax(probabilities);

    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += probabilities[i];
      assertThat(probabilities[i]).isBetween(0f, 1f);
      for (int j = 0; j < logits.length; j++) {
        if (logits[i] > logits[j]) {
          assertThat(probabilities[i]).isGreaterThanOrEqualTo(probabilities[j]);
        }
      }
    }
    assertThat(sum).isCloseTo(1, Offset.offset(1e-5));
  }

  @Property(tries = 500)
  void softmaxIsTheQuotientOfPowers(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -20f, max = 20f) Float> list) {
    float[] logits = array(list);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    float[] probabilities = logits.clone();

    Probabilities.softmax(probabilities);

    for (int i = 0; i < logits.length; i++) {
      assertThat((double) probabilities[i])
          .isCloseTo(Math.exp(logits[i]) / sum, Offset.offset(1e-6));
    }
  }

  @Property(tries = 1_000)
  void topIsTheBeginningOfTheSortedPositions(
      @ForAll @Size(max = 50) List<@FloatRange(min = 0, max = 3) Float> list,
      @ForAll @IntRange(min = 1, max = 12) int count) {
    float[] values = array(list);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i]); // so that there are equal ones
    }
    int[] sorted =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -values[i]).thenComparing(i -> i))
            .mapToInt(i -> i)
            .limit(count)
            .toArray();

    assertThat(Probabilities.top(values, count)).isEqualTo(sorted);
  }

  @Test
  void valuesThatAreNoNumbersStayVisibleAfterSoftmax() {
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] values = {1, odd, 2};

      Probabilities.softmax(values);

      assertThat(values[0]).isNaN();
    }
  }

  private static float[] array(List<Float> list) {
    float[] array = new float[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }
}
