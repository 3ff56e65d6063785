package dev.sluice.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reconciles inputs with finished outputs, by identity: names what is lost, repeated, unexpected or
 * partial.
 *
 * <p>Each input is expected once, however often {@link #expect} is told of it. An output that has
 * no readable key, or a file that ends in mid-line, is partial. Not thread-safe.
 */
public final class Ledger {
  private static final int NAMES = 10;

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Integer> unexpected = new LinkedHashMap<>();
  private final List<String> partial = new ArrayList<>();
  private int outputs;

  /** A ledger of inputs by their names. */
  public static Ledger of(Collection<String> inputs) {
    Ledger ledger = new Ledger();
    inputs.forEach(ledger::expect);
    return ledger;
  }

  /** An input that must come out. */
  public Ledger expect(String key) {
    counts.putIfAbsent(key, 0);
    return this;
  }

  /** An output that came. */
  public Ledger record(String key) {
    outputs++;
    (counts.containsKey(key) ? counts : unexpected).merge(key, 1, Integer::sum);
    return this;
  }

  /**
   * The outputs that came, each by the key of its line.
   *
   * @param key throws any {@link RuntimeException} on a line that is not whole
   */
  public Ledger record(FinishedFiles files, Function<String, String> key) {
    files.partial().forEach(partial::add);
    for (FinishedFiles.Line line : files.lines()) {
      String found;
      try {
        found = key.apply(line.text());
      } catch (RuntimeException e) {
        partial.add(line.file() + ":" + line.number() + ": " + e.getMessage());
        continue;
      }
      record(found);
    }
    return this;
  }

  /** Inputs that did not come out, in the order of the inputs. */
  public List<String> lost() {
    return keys(counts, 0, 0);
  }

  /** Inputs that came out more than once. */
  public List<String> repeated() {
    return keys(counts, 2, Integer.MAX_VALUE);
  }

  /** Outputs without an input. */
  public List<String> unexpected() {
    return keys(unexpected, 1, Integer.MAX_VALUE);
  }

  /** Places of lines and files that are not whole. */
  public List<String> partial() {
    return List.copyOf(partial);
  }

  /** Outputs that have a key, repeated and unexpected ones too. */
  public int outputs() {
    return outputs;
  }

  public boolean isExact() {
    return lost().isEmpty() && repeated().isEmpty() && unexpected().isEmpty() && partial.isEmpty();
  }

  /**
   * Fails unless each input came out once, and nothing else.
   *
   * @throws AssertionError with {@link #report()}
   */
  public void assertExact() {
    if (!isExact()) {
      throw new AssertionError(report());
    }
  }

  /** A line for each kind, with at most 10 names. */
  public String report() {
    return "Ledger of "
        + counts.size()
        + " inputs and "
        + outputs
        + " outputs"
        + section("lost", lost())
        + section("repeated", repeated())
        + section("unexpected", unexpected())
        + section("partial", partial);
  }

  @Override
  public String toString() {
    return report();
  }

  private static String section(String what, List<String> names) {
    if (names.isEmpty()) {
      return "\n  " + what + ": none";
    }
    String more = names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "";
    return "\n  "
        + what
        + ": "
        + names.size()
        + " "
        + names.subList(0, Math.min(NAMES, names.size()))
        + more;
  }

  private static List<String> keys(Map<String, Integer> counts, int least, int most) {
    List<String> keys = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          if (count >= least && count <= most) {
            keys.add(key);
          }
        });
    return keys;
  }
}
