package dev.sluice.partitioning.plan;

import java.util.Random;
import java.util.function.ToIntFunction;

/** Cuts a simulated Poisson stream into objects, record by record, and counts them. */
final class SimulatedPartition {
  long records;
  long objects;
  double activeSeconds;
  double byteSeconds;
  double seconds;

  /** Ends objects when their bytes have reached the size, and at their age. */
  static SimulatedPartition run(
      long seed, double rate, ToIntFunction<Random> lengths, Rules rules, long records) {
    SimulatedPartition simulated = new SimulatedPartition();
    Random random = new Random(seed);
    double now = 0;
    double ends = -1;
    long bytes = 0;
    long count = 0;
    boolean open = false;
    for (long i = 0; i < records; i++) {
      double gap = -Math.log(1 - random.nextDouble()) / rate;
      double next = now + gap;
      if (open) {
        double end = Math.min(ends, now + rules.inactive());
        simulated.activeSeconds += Math.min(end, next) - now;
        simulated.byteSeconds += bytes * (Math.min(end, next) - now);
        open = next < end;
      }
      now = next;
      if (!open) {
        simulated.objects++;
        ends = now + rules.seconds();
        bytes = 0;
        count = 0;
        open = true;
      }
      bytes += lengths.applyAsInt(random);
      count++;
      open = bytes < rules.size() && count < rules.records();
    }
    simulated.records = records;
    simulated.seconds = now;
    return simulated;
  }

  double recordsPerObject() {
    return (double) records / objects;
  }

  record Rules(double size, double records, double seconds, double inactive) {
    CutRules cut() {
      return new CutRules(size, records, seconds, inactive);
    }
  }
}
