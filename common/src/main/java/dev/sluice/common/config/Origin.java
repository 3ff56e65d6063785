package dev.sluice.common.config;

import java.util.Objects;

/**
 * Where a value came from, in the words that messages use: {@code command line}, {@code config file
 * 'x.json'}, …
 */
public final class Origin {
  /** A {@code --group.key=value} argument of the job. */
  public static final Origin COMMAND_LINE = new Origin("command line");

  /** Nobody set the option: its declared default holds. */
  public static final Origin DEFAULT = new Origin("default");

  private final String words;

  private Origin(String words) {
    this.words = words;
  }

  /** A file given with {@code --config}. */
  public static Origin configFile(String name) {
    return new Origin("config file '" + name + "'");
  }

  /** A configuration in the form of another product, in a file. */
  public static Origin foreignFile(String name) {
    return new Origin("'" + name + "'");
  }

  /** A property group of the managed runtime. */
  public static Origin propertyGroup(String id) {
    return new Origin("property group '" + id + "'");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin && ((Origin) other).words.equals(words);
  }

  @Override
  public int hashCode() {
    return Objects.hash(words);
  }

  @Override
  public String toString() {
    return words;
  }
}
