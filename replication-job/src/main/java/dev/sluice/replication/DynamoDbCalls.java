package dev.sluice.replication;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Waits for answers of DynamoDB, and asks again for what may pass. Stateless. */
final class DynamoDbCalls {
  private static final int ATTEMPTS = 6;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int SERVER_ERRORS = 500;

  private DynamoDbCalls() {}

  /**
   * The answer.
   *
   * @param call safe to repeat
   * @throws IOException if there is none; its cause is what the last attempt has met
   */
  static <R> R answer(Supplier<CompletableFuture<R>> call) throws IOException {
    long pause = FIRST_PAUSE_NANOS;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while DynamoDB was asked");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (attempt == ATTEMPTS || !mayPass(cause)) {
          throw new IOException("DynamoDB does not answer: " + words(cause), cause);
        }
      }
      LockSupport.parkNanos(pause);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Interrupted while DynamoDB was asked");
      }
      pause *= 2;
    }
  }

  /** With the code, which the message of the SDK leaves out. */
  private static String words(@Nullable Throwable failure) {
    return failure instanceof DynamoDbException
            && ((DynamoDbException) failure).awsErrorDetails() != null
        ? ((DynamoDbException) failure).awsErrorDetails().errorCode() + ": " + failure.getMessage()
        : String.valueOf(failure);
  }

  /** An error that is no answer of DynamoDB is one on the way to it. */
  private static boolean mayPass(@Nullable Throwable failure) {
    if (!(failure instanceof DynamoDbException)) {
      return true;
    }
    DynamoDbException answer = (DynamoDbException) failure;
    return answer.statusCode() >= SERVER_ERRORS || answer.isThrottlingException();
  }
}
