package dev.sluice.replication.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code failover run --dry-run} as the options that it stands for. Stateless. */
public final class CommandWords {
  private static final Set<String> COMMANDS = Set.of("failover", "failback");
  private static final String DRY_RUN = "--dry-run";

  private CommandWords() {}

  /** The same arguments, with the word behind a command and {@code --dry-run} written out. */
  public static String[] written(String[] args) {
    if (args.length == 0 || !COMMANDS.contains(args[0])) {
      return args;
    }
    List<String> written = new ArrayList<>(List.of(args[0]));
    for (int i = 1; i < args.length; i++) {
      if (i == 1 && args[i].matches("[a-z]+")) {
        written.add("--" + args[0] + ".action=" + args[i]);
      } else if (args[i].equals(DRY_RUN)) {
        written.add("--" + args[0] + ".dry-run=true");
      } else {
        written.add(args[i]);
      }
    }
    return written.toArray(new String[0]);
  }
}
