package dev.sluice.replication.failover;

import dev.sluice.replication.PositionsMissingException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Takes steps in their order, or tells what they would be, and prints each. Stateless. */
final class Steps {
  private final PrintStream out;

  Steps(PrintStream out) {
    this.out = out;
  }

  /**
   * Takes those that are not done.
   *
   * @throws UnmetException at the first one that cannot be taken
   */
  void run(List<Step> steps) throws IOException, InterruptedException {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      out.println((i + 1) + "/" + steps.size() + " " + step.name);
      if (step.isDone()) {
        out.println("    is done already");
        continue;
      }
      out.println("    needs: " + step.needs());
      out.println("    found: " + step.check());
      if (!step.does().isEmpty()) {
        out.println("    does:  " + step.does());
        out.println("    done:  " + step.apply());
      }
    }
  }

  /** Checks what can be checked now, changes nothing, and says whether {@link #run} would begin. */
  boolean plan(List<Step> steps) throws IOException, InterruptedException {
    boolean met = true;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      out.println((i + 1) + "/" + steps.size() + " " + step.name);
      if (step.isDone()) {
        out.println("    is done already");
        continue;
      }
      out.println("    needs: " + step.needs());
      if (step.isCheckedLater()) {
        out.println("    found: to be checked when the steps before it are done");
      } else {
        met &= isMet(step);
      }
      if (!step.does().isEmpty()) {
        out.println("    would: " + step.does());
      }
    }
    return met;
  }

  private boolean isMet(Step step) throws IOException, InterruptedException {
    try {
      out.println("    found: " + step.check());
      return true;
    } catch (UnmetException | PositionsMissingException e) {
      out.println("    NOT SO: " + e.getMessage());
      return false;
    }
  }
}
