package dev.sluice.common.environment;

/**
 * A local run was ended by Ctrl-C or SIGTERM, in order: what was done is committed, and what comes
 * after {@link JobEnvironment#execute} has run. Thrown by {@link JobEnvironment#close}, so that it
 * reaches {@link CommandLine}, which gives the process its exit code.
 */
public final class StoppedBySignalException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHELLS_OFFSET = 128;

  private final int signal;

  StoppedBySignalException(int signal) {
    super("The run was ended by signal " + signal);
    this.signal = signal;
  }

  /** As shells have it: 130 after Ctrl-C, 143 after SIGTERM. */
  int exitCode() {
    return exitCode(signal);
  }

  static int exitCode(int signal) {
    return SHELLS_OFFSET + signal;
  }
}
