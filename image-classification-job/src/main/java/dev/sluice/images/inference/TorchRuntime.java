package dev.sluice.images.inference;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Starts PyTorch as Flink needs it: one thread per forward pass (slots are the parallelism; more
 * threads burn several times the CPU under contention), no network, native files on a disk that can
 * be written.
 */
final class TorchRuntime {
  static final String INTEROP_THREADS = "ai.djl.pytorch.num_interop_threads";

  private TorchRuntime() {}

  /**
   * Idempotent; later calls change nothing.
   *
   * @param cache where 450 MB of native libraries are unpacked at the first start of a machine
   */
  static synchronized void start(Path cache) throws IOException {
    claim(cache);
    setUnlessSet("DJL_CACHE_DIR", cache.toAbsolutePath().toString());
    setUnlessSet("ai.djl.offline", "true"); // native files are in the JAR; also no telemetry
    setUnlessSet("ai.djl.pytorch.num_threads", "1");
    setUnlessSet(INTEROP_THREADS, "1");
    // Always: the class must be looked up in the present job's class loader, by the same name.
    System.setProperty("ai.djl.pytorch.native_helper", TorchLibraryLoader.class.getName());
    Engine.getEngine("PyTorch");
  }

  /** Native code is loaded from there: it must belong to this user, and to nobody else. */
  private static void claim(Path cache) throws IOException {
    if (!cache.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(cache);
      return;
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
    if (!Files.exists(cache)) {
      Files.createDirectories(cache, PosixFilePermissions.asFileAttribute(owner));
    }
    PosixFileAttributes found = Files.readAttributes(cache, PosixFileAttributes.class);
    boolean others =
        found.permissions().contains(PosixFilePermission.GROUP_WRITE)
            || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    UserPrincipal user = ownerOfNewFiles();
    if (others || !found.owner().equals(user)) {
      throw new InvalidModelException(
          String.format(
              "Folder '%s' for native libraries must belong to '%s' and be writable by nobody else,"
                  + " but belongs to '%s' with %s; set model.cache-directory to another",
              cache, user, found.owner(), PosixFilePermissions.toString(found.permissions())));
    }
  }

  /** In a container the user may have no name; what it creates tells who it is. */
  private static UserPrincipal ownerOfNewFiles() throws IOException {
    Path file = Files.createTempFile("sluice-", ".owner");
    try {
      return Files.getOwner(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getenv(key) == null && System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
