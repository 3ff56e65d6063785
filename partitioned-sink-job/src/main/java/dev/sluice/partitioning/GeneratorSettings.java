package dev.sluice.partitioning;

import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.partitioning.clickstream.ClickstreamGenerator;
import java.util.Optional;

/** What the generator makes. Immutable. */
final class GeneratorSettings {
  private static final long SEED = 1;

  private final long records;
  private final int customers;
  private final Optional<Long> perSecond;

  GeneratorSettings(long records, int customers, Optional<Long> perSecond) {
    this.records = records;
    this.customers = customers;
    this.perSecond = perSecond;
  }

  GeneratedSource source() {
    GeneratedSource source =
        GeneratedSource.of(ClickstreamGenerator.seeded(SEED).customers(customers).build())
            .records(records);
    return perSecond.map(source::perSecond).orElse(source);
  }
}
