package dev.sluice.replication.failover;

import java.io.IOException;

/**
 * A step of a switch: what it needs and how that is checked, what it does, and how to see that it
 * is done. A step may be begun, cut off anywhere, and begun again.
 */
final class Step {
  final String name;
  private final String needs;
  private final Act check;
  private String does = "";
  private Act effect = () -> "";
  private Done done = () -> false;
  private boolean later;

  private Step(String name, String needs, Act check) {
    this.name = name;
    this.needs = needs;
    this.check = check;
  }

  /**
   * Begins a step.
   *
   * @param needs what must be so, and how it is checked, for people
   * @param check changes nothing; says what was found, or throws {@link UnmetException}
   */
  static Step of(String name, String needs, Act check) {
    return new Step(name, needs, check);
  }

  /** What it does when that is so. */
  Step does(String words, Act act) {
    does = words;
    effect = act;
    return this;
  }

  /** When there is nothing left to do; asked before anything else. */
  Step doneIf(Done isDone) {
    done = isDone;
    return this;
  }

  /** What it needs can only be checked when the steps before it are taken. */
  Step checkedLater() {
    later = true;
    return this;
  }

  boolean isDone() throws IOException, InterruptedException {
    return done.isDone();
  }

  boolean isCheckedLater() {
    return later;
  }

  String needs() {
    return needs;
  }

  String does() {
    return does;
  }

  String check() throws IOException, InterruptedException {
    return check.act();
  }

  String apply() throws IOException, InterruptedException {
    return effect.act();
  }

  /** Says in words what came of it. */
  @FunctionalInterface
  interface Act {
    String act() throws IOException, InterruptedException;
  }

  /** Looks at the world, not at what this process remembers. */
  @FunctionalInterface
  interface Done {
    boolean isDone() throws IOException, InterruptedException;
  }
}
