package dev.sluice.common.source.file;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.SerializedThrowable;

/**
 * Input that no retry can make readable, such as forbidden access or a missing bucket: fails the
 * job whatever its restart strategy.
 *
 * <p>The cause is kept in its serialized form. On its way to the JobManager an exception is
 * deserialized as a whole or not at all, and classes of a file system plugin are not known there:
 * with such a cause this class, and so its annotation, would be lost.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class FinalInputFailure extends IOException {
  private static final long serialVersionUID = 1L;

  FinalInputFailure(String message, Throwable cause) {
    super(message, new SerializedThrowable(cause));
  }
}
