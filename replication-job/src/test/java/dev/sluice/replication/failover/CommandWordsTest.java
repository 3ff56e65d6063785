package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandWordsTest {
  @Test
  void writesOutTheSecondHalfOfACommandAndDryRun() {
    assertThat(written("failover-run", "--dry-run", "--register.path=/r"))
        .containsExactly(
            "failover", "--failover.action=run", "--failover.dry-run=true", "--register.path=/r");
    assertThat(written("failback-plan")).containsExactly("failback", "--failback.action=plan");
  }

  @Test
  void leavesTheRestAlone() {
    assertThat(written()).isEmpty();
    assertThat(written("audit", "run", "--dry-run")).containsExactly("audit", "run", "--dry-run");
    assertThat(written("failover", "--failover.action=run"))
        .containsExactly("failover", "--failover.action=run");
    assertThat(written("--failover=1")).containsExactly("--failover=1");
  }

  private static String[] written(String... args) {
    return CommandWords.written(args);
  }
}
