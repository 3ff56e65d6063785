package dev.sluice.partitioning.prefix;

import java.util.List;

/** A prefix that breaks its grammar; each mistake names its position, counted from 1. */
public final class InvalidPrefixException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> mistakes;

  InvalidPrefixException(List<String> mistakes) {
    super(String.join("; ", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Rules that are broken, at least one. */
  public List<String> mistakes() {
    return mistakes;
  }
}
