package dev.sluice.local.fault;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests a fault meets, and how often. Immutable: each method returns another rule.
 *
 * <p>Of the requests that match (operation, key), in the order of arrival: those up to {@code
 * after} are spared, then each n-th of {@code every} is taken, with the probability {@code share},
 * until {@code atMost} have been.
 */
public final class FaultRule {
  final String name;
  final Set<String> operations;
  final Pattern key;
  final FaultAction action;
  final double share;
  final long after;
  final long every;
  final long atMost;
  final boolean enabled;

  private FaultRule(Builder builder) {
    name = builder.name;
    operations = builder.operations;
    key = builder.key;
    action = builder.action;
    share = builder.share;
    after = builder.after;
    every = builder.every;
    atMost = builder.atMost;
    enabled = builder.enabled;
  }

  /**
   * A rule that takes every request of these operations, as the service names them ({@code
   * PutObject}, {@code CompleteMultipartUpload}, {@code PutRecords}); of all if none is named.
   */
  public static FaultRule of(FaultAction action, String... operations) {
    Set<String> names = Set.of(operations);
    if (action.isOfEntries() && !names.equals(Set.of("PutRecords"))) {
      throw new IllegalArgumentException(
          "Entries fail of 'PutRecords' alone, but the operations were '" + names + "'");
    }
    return new FaultRule(new Builder(action, names));
  }

  /** A name for the log; else it is the action with the operations. */
  public FaultRule named(String other) {
    Builder builder = new Builder(this);
    builder.name = other;
    return new FaultRule(builder);
  }

  /**
   * Only keys that the regular expression matches as a whole. The key of a list is its prefix; a
   * request of an AWS JSON service has the empty key.
   */
  public FaultRule onKey(String regex) {
    Builder builder = new Builder(this);
    builder.key = Pattern.compile(regex, Pattern.DOTALL);
    return new FaultRule(builder);
  }

  /** With a probability from 0 to 1, drawn from the seed of the proxy. */
  public FaultRule share(double probability) {
    Builder builder = new Builder(this);
    builder.share = checkedShare(probability);
    return new FaultRule(builder);
  }

  /** Spares the first n requests that match. */
  public FaultRule after(long n) {
    Builder builder = new Builder(this);
    builder.after = checkedCount(n, 0);
    return new FaultRule(builder);
  }

  /** Only the n-th, 2n-th ... request that matches. */
  public FaultRule every(long n) {
    Builder builder = new Builder(this);
    builder.every = checkedCount(n, 1);
    return new FaultRule(builder);
  }

  /** Takes n requests and no more: without a share, the first n. */
  public FaultRule atMost(long n) {
    Builder builder = new Builder(this);
    builder.atMost = checkedCount(n, 0);
    return new FaultRule(builder);
  }

  /** Takes nothing until {@link Fault#enable()}. */
  public FaultRule disabled() {
    Builder builder = new Builder(this);
    builder.enabled = false;
    return new FaultRule(builder);
  }

  boolean matches(AwsRequest request) {
    return (operations.isEmpty() || operations.contains(request.operation))
        && key.matcher(request.key).matches();
  }

  @Override
  public String toString() {
    return name;
  }

  static double checkedShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("Share must be from 0 to 1, but was '" + share + "'");
    }
    return share;
  }

  private static long checkedCount(long count, long least) {
    if (count < least) {
      throw new IllegalArgumentException(
          "Count must be at least " + least + ", but was '" + count + "'");
    }
    return count;
  }

  private static final class Builder {
    private String name;
    private final Set<String> operations;
    private final FaultAction action;
    private Pattern key = Pattern.compile(".*", Pattern.DOTALL);
    private double share = 1;
    private long after;
    private long every = 1;
    private long atMost = Long.MAX_VALUE;
    private boolean enabled = true;

    Builder(FaultAction action, Set<String> operations) {
      this.action = action;
      this.operations = operations;
      this.name = action + " on " + (operations.isEmpty() ? "all" : operations);
    }

    Builder(FaultRule rule) {
      name = rule.name;
      operations = rule.operations;
      action = rule.action;
      key = rule.key;
      share = rule.share;
      after = rule.after;
      every = rule.every;
      atMost = rule.atMost;
      enabled = rule.enabled;
    }
  }
}
