package dev.sluice.partitioning;

import dev.sluice.common.record.RecordSplitter;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.partitioning.format.RowEncoder;
import dev.sluice.partitioning.keys.InvalidKeysException;
import dev.sluice.partitioning.keys.KeyExtractor;
import dev.sluice.partitioning.keys.KeySettings;
import dev.sluice.partitioning.prefix.PrefixTemplate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All steps from the bytes of a record to its row, as a job carries them. Immutable. */
final class Partitioning implements Serializable {
  private static final long serialVersionUID = 1L;

  final ArrayList<RecordTransformer> transformers;
  final @Nullable RecordTransformer decoder;
  final @Nullable RecordSplitter splitter;
  final KeySettings keys;
  final PrefixTemplate prefix;
  final ErrorPrefix errorPrefix;
  final RowEncoder rows;
  final int maxPrefixBytes;
  final boolean mayBeRefused;

  /**
   * @param decoder before records are taken apart; null for none
   * @param splitter null if each record is one
   * @param transformers behind that, in their order
   * @param mayBeRefused whether rows carry the dead letter that they may have to become
   */
  Partitioning(
      Optional<RecordTransformer> decoder,
      Optional<RecordSplitter> splitter,
      List<RecordTransformer> transformers,
      PartitionNaming naming,
      RowEncoder rows,
      boolean mayBeRefused) {
    this.decoder = decoder.orElse(null);
    this.splitter = splitter.orElse(null);
    this.transformers = new ArrayList<>(transformers);
    this.keys = naming.keys;
    this.prefix = naming.prefix;
    this.errorPrefix = naming.errorPrefix;
    this.maxPrefixBytes = naming.maxPrefixBytes;
    this.rows = rows;
    this.mayBeRefused = mayBeRefused;
  }

  ErrorPrefix errorPrefix() {
    return errorPrefix;
  }

  /** For one subtask; its copy of this is its own. */
  RecordPipeline open(PartitioningMetrics metrics, LongSupplier clock, ClassLoader loader)
      throws Exception {
    if (decoder != null) {
      decoder.open();
    }
    for (RecordTransformer transformer : transformers) {
      transformer.open();
    }
    return new RecordPipeline(this, extractor(loader), metrics, clock);
  }

  private KeyExtractor extractor(ClassLoader loader) throws InvalidKeysException {
    return new KeyExtractor(keys, loader);
  }
}
