package dev.sluice.analytics;

import java.util.ArrayList;
import java.util.List;

/** Words of the command line that are short for options of the job. Stateless. */
final class ShortOptions {
  private static final String DRY_RUN = "--dry-run";
  private static final String COMPILE_PLAN = "--compile-plan";

  private ShortOptions() {}

  static String[] expand(String[] args) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String word = args[i];
      if (word.equals(DRY_RUN)) {
        words.add(dryRun("true"));
      } else if (word.startsWith(DRY_RUN + "=")) {
        words.add(dryRun(word.substring(DRY_RUN.length() + 1)));
      } else if (word.startsWith(COMPILE_PLAN + "=")) {
        words.add(compilePlan(word.substring(COMPILE_PLAN.length() + 1)));
      } else if (word.equals(COMPILE_PLAN) && i + 1 < args.length) {
        i++;
        words.add(compilePlan(args[i]));
      } else {
        words.add(word);
      }
    }
    return words.toArray(String[]::new);
  }

  private static String dryRun(String value) {
    return "--" + SqlAnalyticsOptions.DRY_RUN.key() + "=" + value;
  }

  private static String compilePlan(String file) {
    return "--" + SqlAnalyticsOptions.COMPILE_PLAN.key() + "=" + file;
  }
}
