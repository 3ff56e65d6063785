package dev.sluice.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The folder that the build makes for the Kinesis server, and what npm puts into it. */
final class KinesisServerFolder {
  private static final String PROPERTY = "sluice.kinesis-server";
  private static final String MODULE = "test-support/local-aws";
  private static final String[] NPM = {
    "npm",
    "ci",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--prefer-offline",
    "--loglevel=error"
  };

  private KinesisServerFolder() {}

  static Path find() {
    return BuildFolder.find(PROPERTY, MODULE, "target/kinesis-server");
  }

  static boolean isComplete(Path folder) {
    return Files.isRegularFile(folder.resolve("node_modules/kinesis-local/main.js"));
  }

  /** Runs {@code npm ci} in the folder, unless that was done. */
  static void complete(Path folder, Consumer<String> tell) throws InterruptedException {
    if (isComplete(folder)) {
      return;
    }
    tell.accept("Getting the local Kinesis server with 'npm ci' in " + folder);
    Process npm;
    String printed;
    try {
      npm = new ProcessBuilder(NPM).directory(folder.toFile()).redirectErrorStream(true).start();
      npm.getOutputStream().close();
      printed = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot run 'npm': the local Kinesis server needs Node 18 or later with npm; install"
              + " them (Debian: 'nodejs npm')",
          e);
    }
    int exitCode = npm.waitFor();
    if (exitCode != 0 || !isComplete(folder)) {
      throw new IllegalStateException(
          "'npm ci' in '" + folder + "' has failed with exit code " + exitCode + ": " + printed);
    }
  }
}
