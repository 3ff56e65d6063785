package dev.sluice.partitioning.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinearExpressionsTest {
  @Test
  void takesWhatLooksAtARecordOnce() {
    assertThat(LinearExpressions.contains(".a | split(\"/\") | .[0]")).isTrue();
    assertThat(LinearExpressions.contains("if .a == null then \"none\" else .a end")).isTrue();
  }

  /** With flags the text is a regular expression, which may take for ever. */
  @Test
  void leavesSplittingByARegularExpressionToTheGuard() {
    assertThat(LinearExpressions.contains(".a | split(\"(x+x+)+y\"; null) | .[0]")).isFalse();
  }
}
