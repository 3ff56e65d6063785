package dev.sluice.partitioning;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.partitioning.clickstream.ClickstreamBuilder;
import dev.sluice.partitioning.clickstream.ClickstreamGenerator;

/** What the generator makes, checked. */
final class GeneratorSettings {
  private final JobArguments arguments;

  /** The one rule between options: shares are parts of the same whole. */
  GeneratorSettings(JobArguments arguments) {
    this.arguments = arguments;
    arguments.check(
        problems ->
            problems.require(
                badShare() + hostileShare() <= 1,
                GeneratorOptions.BAD_SHARE,
                "must not be above 1 together with 'generator.hostile-share'",
                GeneratorOptions.HOSTILE_SHARE));
  }

  GeneratedSource source() {
    long records = arguments.get(GeneratorOptions.RECORDS);
    GeneratedSource source = GeneratedSource.of(generator());
    GeneratedSource limited = records == 0 ? source : source.records(records);
    return arguments.find(GeneratorOptions.RATE).map(limited::perSecond).orElse(limited);
  }

  private ClickstreamGenerator generator() {
    ClickstreamBuilder events =
        ClickstreamGenerator.seeded(arguments.get(GeneratorOptions.SEED))
            .customers(arguments.get(GeneratorOptions.CUSTOMERS))
            .skew(arguments.get(GeneratorOptions.SKEW))
            .badShare(badShare())
            .hostileShare(hostileShare())
            .disorder(arguments.get(GeneratorOptions.DISORDER))
            .recordBytes((int) arguments.get(GeneratorOptions.RECORD_SIZE).getBytes());
    return arguments.find(GeneratorOptions.RATE).map(events::perSecond).orElse(events).build();
  }

  private double badShare() {
    return arguments.get(GeneratorOptions.BAD_SHARE);
  }

  private double hostileShare() {
    return arguments.get(GeneratorOptions.HOSTILE_SHARE);
  }
}
