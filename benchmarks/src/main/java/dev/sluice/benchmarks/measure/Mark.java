package dev.sluice.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A moment of this process.
 *
 * @param done elements
 * @param nanos of the clock
 * @param cpuNanos of all threads so far
 * @param compilerNanos the part of them that compiled byte code, if somebody asked
 */
record Mark(long done, long nanos, long cpuNanos, long compilerNanos) {

  static Mark now(long done) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Mark(done, System.nanoTime(), system.getProcessCpuTime(), 0);
  }

  static Mark now(long done, CompilerThreads compiler) {
    Mark mark = now(done);
    return new Mark(done, mark.nanos, mark.cpuNanos, compiler.cpuNanos());
  }

  /** CPU time from another moment to this, without that of the compiler. */
  long ownCpuNanosSince(Mark other) {
    return (cpuNanos - compilerNanos) - (other.cpuNanos - other.compilerNanos);
  }
}
