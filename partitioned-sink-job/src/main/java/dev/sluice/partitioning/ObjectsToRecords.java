package dev.sluice.partitioning;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.file.FileObject;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * An object as one record: what is in it is taken apart behind this. It arrived when it was
 * written. No state.
 */
final class ObjectsToRecords extends ProcessFunction<FileObject, RawRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(FileObject object, Context context, Collector<RawRecord> out) {
    out.collect(new RawRecord(object.bytes, object.modificationTime, object.path));
  }
}
