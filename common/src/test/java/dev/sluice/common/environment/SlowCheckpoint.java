package dev.sluice.common.environment;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Subtask 0 has state whose first snapshot is written when the test allows it, and whose second one
 * cannot be written.
 */
final class SlowCheckpoint extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  static final AtomicInteger SUBTASKS_AT_THEIR_END = new AtomicInteger();
  static final AtomicInteger SNAPSHOTS = new AtomicInteger();
  static final CountDownLatch MAY_BE_WRITTEN = new CountDownLatch(1);

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ListState<Long> state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("slow", new SlowSerializer()));
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      state.add(1L);
    }
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    output.collect(element);
  }

  @Override
  public void endInput() {
    SUBTASKS_AT_THEIR_END.incrementAndGet();
  }

  static final class SlowSerializer extends TypeSerializerSingleton<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Long record, DataOutputView target) throws IOException {
      int snapshot = SNAPSHOTS.incrementAndGet();
      try {
        MAY_BE_WRITTEN.await();
      } catch (InterruptedException e) {
        throw new IOException("The checkpoint was aborted", e);
      }
      if (snapshot == 2) {
        throw new IOException("This checkpoint is declined");
      }
      target.writeLong(record);
    }

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public Long createInstance() {
      return 0L;
    }

    @Override
    public Long copy(Long from) {
      return from;
    }

    @Override
    public Long copy(Long from, Long reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return Long.BYTES;
    }

    @Override
    public Long deserialize(DataInputView source) throws IOException {
      return source.readLong();
    }

    @Override
    public Long deserialize(Long reuse, DataInputView source) throws IOException {
      return source.readLong();
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      target.writeLong(source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Long> snapshotConfiguration() {
      return new SimpleTypeSerializerSnapshot<>(SlowSerializer::new) {};
    }
  }
}
