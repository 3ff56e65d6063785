package dev.sluice.images.inference;

import java.security.MessageDigest;

/**
 * Started as a process: ends itself while a pass is in flight that still has work to do. Without
 * the gate the JVM is gone long before that work is.
 */
final class ExitDuringPass {
  static final String DONE = "the pass in flight has ended";
  static final String BEGUN = "a new pass has begun";
  private static final int WORK = 100 << 20;

  private ExitDuringPass() {}

  public static void main(String[] args) throws Exception {
    ForwardGate gate = new ForwardGate();
    gate.open();
    gate.enter();
    Thread exit = new Thread(() -> System.exit(ExitDuringForward.EXIT_CODE));
    exit.start();
    awaitExitInProgress();
    work();
    System.out.println(DONE);
    System.out.flush();
    gate.leave();
    gate.enter(); // the hook was first in the queue, so this never returns
    System.out.println(BEGUN);
    System.out.flush();
  }

  private static void awaitExitInProgress() {
    while (true) {
      Thread probe = new Thread(() -> {});
      try {
        Runtime.getRuntime().addShutdownHook(probe);
        Runtime.getRuntime().removeShutdownHook(probe);
      } catch (IllegalStateException e) {
        return;
      }
    }
  }

  private static void work() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < WORK; i += block.length) {
      digest.update(block);
    }
    System.out.println("worked: " + digest.digest().length);
  }
}
