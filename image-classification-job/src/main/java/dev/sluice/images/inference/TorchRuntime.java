package dev.sluice.images.inference;

import ai.djl.engine.Engine;
import java.nio.file.Path;

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
  static synchronized void start(Path cache) {
    setUnlessSet("DJL_CACHE_DIR", cache.toAbsolutePath().toString());
    setUnlessSet("ai.djl.offline", "true"); // native files are in the JAR; also no telemetry
    setUnlessSet("ai.djl.pytorch.num_threads", "1");
    setUnlessSet(INTEROP_THREADS, "1");
    // Always: the class must be looked up in the present job's class loader, by the same name.
    System.setProperty("ai.djl.pytorch.native_helper", TorchLibraryLoader.class.getName());
    Engine.getEngine("PyTorch");
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getenv(key) == null && System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
