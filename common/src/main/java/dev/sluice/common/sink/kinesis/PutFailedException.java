package dev.sluice.common.sink.kinesis;

import org.jspecify.annotations.Nullable;

/** A request that failed as a whole; whether the service executed it may be unknown. */
public final class PutFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient PutFailure failure;

  public PutFailedException(PutFailure failure, @Nullable Throwable cause) {
    super(failure.toString(), cause);
    this.failure = failure;
  }

  public PutFailure failure() {
    return failure;
  }
}
