package dev.sluice.common.source.file;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Thrown in the coordinator, where it fails the job, when the input cannot be listed. */
final class ListingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ListingFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static ListingFailure of(List<Path> inputs, int attempts, Throwable cause) {
    return new ListingFailure(
        String.format(
            "Cannot list input %s: %d attempt(s) failed, the last with '%s'. %s",
            inputs, attempts, cause, advice(cause)),
        isFinal(cause) ? new FinalInputFailure("No retry can mend this: " + cause, cause) : cause);
  }

  /** Whether it makes no sense to try again, not even by a restart of the job. */
  static boolean isFinal(Throwable failure) {
    return (find(failure, AccessDeniedException.class) != null && !isMissingCredentials(failure))
        || isMissingBucket(failure);
  }

  /**
   * S3 only: an endpoint of credentials that does not answer is reported as forbidden access, but
   * may answer later. The types are those of the plugin, out of reach of this class.
   */
  private static boolean isMissingCredentials(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.toString();
      if (text.contains("NoAuthWithAWSException")
          || text.contains("NoAwsCredentialsException")
          || text.contains("CredentialInitializationException")) {
        return true;
      }
    }
    return false;
  }

  /** S3 only; the file system has no exception type of its own for this. */
  static boolean isMissingBucket(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("nosuchbucket") || text.contains("bucket does not exist")) {
        return true;
      }
    }
    return false;
  }

  private static String advice(Throwable cause) {
    if (isMissingBucket(cause)) {
      return "Check the name of the bucket and the Region or endpoint";
    }
    if (find(cause, AccessDeniedException.class) != null) {
      return "Allow s3:ListBucket on the bucket and s3:GetObject on the objects to the role of"
          + " this job, or read access to the folder for its user";
    }
    if (find(cause, FileNotFoundException.class) != null) {
      return "Check the input path";
    }
    if (find(cause, IllegalArgumentException.class) != null) {
      return "Check the spelling of the input path; local names beyond ASCII need a JobManager that"
          + " runs in a UTF-8 locale";
    }
    return "Check that the file system or endpoint can be reached from the JobManager";
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
