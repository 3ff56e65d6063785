package dev.sluice.common.operator.microbatch;

import java.util.regex.Pattern;
import org.apache.flink.api.common.functions.RuntimeContext;

/** The example of the repository's README, word for word. */
public final class ScoreFunction implements BatchFunction<String, Double> {
  private static final long serialVersionUID = 1L;

  private transient Pattern words; // stands for a model: opened once per subtask

  @Override
  public void open(RuntimeContext context) {
    words = Pattern.compile("\\W+");
  }

  @Override
  public void apply(Batch<String, Double> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).isBlank()) {
        batch.reject(i, "text-empty", "Cannot score a text without words");
      } else {
        batch.accept(i, words.split(batch.get(i)).length / 100.0);
      }
    }
  }
}
