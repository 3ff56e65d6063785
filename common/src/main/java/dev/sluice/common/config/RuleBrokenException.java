package dev.sluice.common.config;

/** A text breaks a rule; the message is that rule, to follow "Option 'x'", without the text. */
final class RuleBrokenException extends RuntimeException {
  private final String rule;

  RuleBrokenException(String rule) {
    super(rule);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
