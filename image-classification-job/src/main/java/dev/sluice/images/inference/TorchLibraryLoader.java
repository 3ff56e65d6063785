package dev.sluice.images.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;

/**
 * Loads PyTorch's native libraries when an earlier job's class loader has them already.
 *
 * <p>The JVM gives a native library to one class loader only, but a job that is submitted again to
 * a living TaskManager comes with a new one. PyTorch itself is process-wide: once loaded, its
 * symbols are there for all. Only DJL's small JNI library must belong to the new class loader, so
 * it is loaded from a copy under another name (about 8 MB that stay until the process ends).
 *
 * <p>DJL calls {@link #load} by reflection, told by the system property {@code
 * ai.djl.pytorch.native_helper}.
 */
public final class TorchLibraryLoader {
  private TorchLibraryLoader() {}

  /**
   * Loads a library as {@link System#load}, or takes over what the process has.
   *
   * @param path absolute
   * @throws UnsatisfiedLinkError as {@link System#load}, for any reason but another class loader
   */
  public static void load(String path) {
    try {
      System.load(path);
    } catch (UnsatisfiedLinkError e) {
      String message = String.valueOf(e.getMessage());
      if (!message.contains("already loaded in another classloader")) {
        throw e;
      }
      // PyTorch takes this once per process, and the class loader before has said it.
      System.clearProperty(TorchRuntime.INTEROP_THREADS);
      if (path.contains("djl_torch")) {
        System.load(copyOf(Paths.get(path)).toString());
      }
    }
  }

  private static Path copyOf(Path library) {
    try {
      Path copy = Files.createTempFile("djl_torch-", "-" + library.getFileName());
      Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
      copy.toFile().deleteOnExit();
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy '" + library + "' to a temporary file", e);
    }
  }
}
