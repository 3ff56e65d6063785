package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.images.decoding.Pictures;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardGateIT {
  /** More by hand: -Dsluice.exit.rounds=20. */
  private static final int ROUNDS = Integer.getInteger("sluice.exit.rounds", 2);

  @TempDir Path folder;

  @Test
  void processEndsInOrderInTheMiddleOfAForwardPass() throws Exception {
    String image = Pictures.sampleData().resolve("images/star/star-1.jpg").toString();
    for (int round = 0; round < ROUNDS; round++) {
      ForkedJvm jvm =
          ForkedJvm.run(
              folder,
              ExitDuringForward.class,
              List.of(),
              ModelFolder.SAMPLE.toString(),
              image,
              String.valueOf(1 + round % 3));

      assertThat(jvm.exitCode)
          .as("round %s: %s", round, jvm.output)
          .isEqualTo(ExitDuringForward.EXIT_CODE);
      assertThat(jvm.crashes()).isEmpty();
    }
  }

  @Test
  void exitWaitsForThePassInFlightAndLetsNoNewOneBegin() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(folder, ExitDuringPass.class, List.of());

    assertThat(jvm.exitCode).isEqualTo(ExitDuringForward.EXIT_CODE);
    assertThat(jvm.output).contains(ExitDuringPass.DONE).doesNotContain(ExitDuringPass.BEGUN);
  }

  @Test
  void hookGoesWithItsModelAndThePassesAreFreeAgain() throws Exception {
    ForwardGate gate = new ForwardGate();
    gate.open();
    gate.enter();
    gate.leave();

    gate.close();

    Thread pass =
        new Thread(
            () -> {
              try {
                gate.enter();
                gate.leave();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    pass.start();
    pass.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(pass.isAlive()).isFalse();
    gate.open(); // would fail if the hook were still registered
    gate.close();
  }
}
