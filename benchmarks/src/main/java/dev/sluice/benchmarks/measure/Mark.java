package dev.sluice.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A moment of this process.
 *
 * @param done elements
 * @param nanos of the clock
 * @param cpuNanos of all threads so far
 */
record Mark(long done, long nanos, long cpuNanos) {

  static Mark now(long done) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Mark(done, System.nanoTime(), system.getProcessCpuTime());
  }
}
