package dev.sluice.common.region;

import java.io.IOException;
import java.util.Optional;

/**
 * The one place that says in which Region a stream is written. It must outlive the Region that it
 * calls active: keep it in the other one, or in a third.
 *
 * <p>Thread-safe, and safe with other processes: of several changes of one epoch exactly one is
 * made.
 */
public interface RegionRegister extends AutoCloseable {
  /** Makes what the register is kept in, unless it is there; fails if that is of another form. */
  void prepare() throws IOException;

  /**
   * What is in force now: never older than the last change that was made before the call. Empty
   * before the first change.
   */
  Optional<ActiveRegion> read(String stream) throws IOException;

  /**
   * Begins the next epoch, if the register is still at this one. An answer that got lost is
   * resolved by reading: the change is made once, whatever it takes.
   *
   * @param epoch of the record that the change was decided on; 0 for the first one
   * @return what is in force now
   * @throws StaleEpochException if this change is not in force, because another was made for the
   *     epoch, or was made after it
   * @throws IOException if the register does not answer: then the change may have been made, and
   *     may be made still; read before anything else
   */
  ActiveRegion change(long epoch, RegionChange change) throws IOException;

  @Override
  void close() throws IOException;
}
