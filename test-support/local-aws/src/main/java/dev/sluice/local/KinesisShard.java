package dev.sluice.local;

import java.math.BigInteger;
import java.util.List;

/** A shard: the range of hash keys that it serves or served. */
public final class KinesisShard {
  private final String id;
  private final BigInteger firstHash;
  private final BigInteger lastHash;
  private final List<String> parents;
  private final State state;

  /** Whether a shard takes records. */
  public enum State {
    OPEN,
    /** Split or merged: its records can be read, its children take new ones. */
    CLOSED
  }

  KinesisShard(
      String id, BigInteger firstHash, BigInteger lastHash, List<String> parents, State state) {
    this.id = id;
    this.firstHash = firstHash;
    this.lastHash = lastHash;
    this.parents = List.copyOf(parents);
    this.state = state;
  }

  public String id() {
    return id;
  }

  /** Inclusive. */
  public BigInteger firstHash() {
    return firstHash;
  }

  /** Inclusive. */
  public BigInteger lastHash() {
    return lastHash;
  }

  /** None, one after a split, two after a merge. */
  public List<String> parents() {
    return parents;
  }

  public State state() {
    return state;
  }

  /** The first hash key of the upper half. */
  BigInteger middle() {
    return firstHash.add(lastHash).shiftRight(1).add(BigInteger.ONE);
  }

  @Override
  public String toString() {
    return id + " " + state + " [" + firstHash + ", " + lastHash + "]";
  }
}
