package dev.sluice.images.inference;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SHA-256 of a model, in lower-case hexadecimal.
 *
 * <p>Of an archive: that of the file, as {@code sha256sum FILE} prints it. Of a folder: that of the
 * list of its files, {@code cd FOLDER; find -L . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum
 * | sha256sum}; so a changed class list or preprocessing is noticed as well as changed weights.
 */
final class ModelHash {
  private ModelHash() {}

  static String of(Path fileOrFolder) throws IOException {
    return Files.isDirectory(fileOrFolder) ? ofFolder(fileOrFolder) : ofFile(fileOrFolder);
  }

  private static String ofFolder(Path folder) throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(
                  file ->
                      "./" + folder.relativize(file).toString().replace(File.separatorChar, '/'))
              .sorted()
              .collect(Collectors.toList());
    }
    MessageDigest digest = sha256();
    for (String name : names) {
      String line = ofFile(folder.resolve(name)) + "  " + name + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return hex(digest);
  }

  private static String ofFile(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    StringBuilder hex = new StringBuilder();
    for (byte b : digest.digest()) {
      hex.append(String.format("%02x", b));
    }
    return hex.toString();
  }
}
