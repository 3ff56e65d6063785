package dev.sluice.replication.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code failover-run --dry-run} as the options that it stands for. Stateless. */
public final class CommandWords {
  private static final Pattern COMMAND = Pattern.compile("(failover|failback)-([a-z]+)");
  private static final String DRY_RUN = "--dry-run";

  private CommandWords() {}

  /** The same arguments, with the second half of a command and {@code --dry-run} written out. */
  public static String[] written(String[] args) {
    Matcher command = COMMAND.matcher(args.length == 0 ? "" : args[0]);
    if (!command.matches()) {
      return args;
    }
    List<String> written = new ArrayList<>();
    written.add(command.group(1));
    written.add("--" + command.group(1) + ".action=" + command.group(2));
    for (String argument : List.of(args).subList(1, args.length)) {
      boolean dry = argument.equals(DRY_RUN);
      written.add(dry ? "--" + command.group(1) + ".dry-run=true" : argument);
    }
    return written.toArray(new String[0]);
  }
}
