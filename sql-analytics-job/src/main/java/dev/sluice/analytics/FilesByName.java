package dev.sluice.analytics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.jspecify.annotations.Nullable;

/** Hands files out in the order of their paths; Flink's own assigners give them in any order. */
final class FilesByName implements FileSplitAssigner {
  private final PriorityQueue<FileSourceSplit> splits =
      new PriorityQueue<>(
          Comparator.comparing((FileSourceSplit split) -> split.path().toString())
              .thenComparingLong(FileSourceSplit::offset));

  FilesByName(Collection<FileSourceSplit> splits) {
    this.splits.addAll(splits);
  }

  @Override
  public Optional<FileSourceSplit> getNext(@Nullable String hostname) {
    return Optional.ofNullable(splits.poll());
  }

  @Override
  public void addSplits(Collection<FileSourceSplit> more) {
    splits.addAll(more);
  }

  @Override
  public Collection<FileSourceSplit> remainingSplits() {
    return new ArrayList<>(splits);
  }
}
