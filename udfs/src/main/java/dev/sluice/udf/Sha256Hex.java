package dev.sluice.udf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code SHA256_HEX(text [, salt])}: SHA-256 of the salt and the text in UTF-8, one behind the
 * other, as 64 lower-case hexadecimal digits. To stand for a person's name or number, give it a
 * salt that is long and kept secret.
 */
public final class Sha256Hex extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private transient @Nullable MessageDigest digest;

  /** Without a salt; NULL of NULL. */
  public @Nullable String eval(@Nullable String text) {
    return eval(text, "");
  }

  /** NULL if one of the two is NULL. */
  public @Nullable String eval(@Nullable String text, @Nullable String salt) {
    if (text == null || salt == null) {
      return null;
    }
    MessageDigest sha = digest();
    sha.update(salt.getBytes(UTF_8));
    return hex(sha.digest(text.getBytes(UTF_8)));
  }

  private MessageDigest digest() {
    if (digest == null) {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("This Java has no SHA-256, which each must have", e);
      }
    }
    return digest;
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(2 * bytes.length);
    for (byte each : bytes) {
      hex.append(DIGITS[each >> 4 & 15]).append(DIGITS[each & 15]);
    }
    return hex.toString();
  }
}
