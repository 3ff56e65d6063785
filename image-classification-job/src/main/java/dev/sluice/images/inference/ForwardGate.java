package dev.sluice.images.inference;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the JVM from exiting in the middle of a forward pass.
 *
 * <p>When a process exits, PyTorch's native destructors run while other threads go on; a forward
 * pass in flight then crashes the process and hides why it was ending. So a shutdown hook waits for
 * the passes in flight and lets no new one begin. The hook goes when the last model closes, or it
 * would hold a finished job's class loader for ever.
 */
final class ForwardGate {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardGate.class);

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Thread hook = new Thread(() -> lock.writeLock().lock(), "await-forward-passes");

  void open() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits until a pass may begin; for ever if the JVM is exiting. */
  void enter() throws InterruptedException {
    lock.readLock().lockInterruptibly();
  }

  void leave() {
    lock.readLock().unlock();
  }

  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is exiting: the hook does its work just now", e);
    }
  }
}
