package dev.sluice.images.decoding;

/** The bytes are no image that can be classified; the image's fault, never the job's. */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable, in kebab-case: {@code image-truncated}
   * @param message what is wrong, with values; without the name of the file
   */
  public UnreadableImageException(String code, String message) {
    super(message);
    this.code = code;
  }

  UnreadableImageException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The stable code, for dead letters and counters. */
  public String code() {
    return code;
  }
}
