package dev.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A program that starts a server and is killed before it can close it. */
final class AbandonedKinesis {
  private AbandonedKinesis() {}

  /** Argument: a file for the id of the server's process. Never returns. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    LocalKinesis kinesis = LocalKinesis.start();
    Path draft = file.resolveSibling("draft");
    Files.writeString(draft, Long.toString(kinesis.pid()));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }
}
