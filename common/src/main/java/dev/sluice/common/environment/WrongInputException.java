package dev.sluice.common.environment;

import java.util.List;

/**
 * What a job was given besides its options, a script for example, has mistakes. {@link CommandLine}
 * prints each and ends with 2, as for options; on a cluster the message shows all.
 */
public final class WrongInputException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Not for Java serialization: an exception of main() alone. */
  private final transient List<String> mistakes;

  /** With at least one mistake, in words for people and without secrets. */
  public WrongInputException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** In the order in which they are to be read. */
  public List<String> mistakes() {
    return mistakes;
  }
}
