package dev.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Collects the records of a stream in the test's own process, through Flink's two-phase commit.
 *
 * <p>{@link #received()} has every record that reached the sink, in the order of arrival, with what
 * a restart repeated. {@link #finished()} has the records of completed checkpoints, and at the end
 * of a bounded input all the rest: what an exactly-once sink makes visible, so a record lost or
 * repeated there is a fault of the job. Without checkpointing a record is finished at end of input.
 *
 * <p>Works where tasks run in the process of the test (mini cluster, local environment); a record
 * is copied by its serializer, so object reuse is safe. Parallel subtasks write to one collection.
 * Thread-safe. Close it to free the records.
 *
 * @param <T> type of the stream
 */
public final class CollectingSink<T> implements Sink<T>, SupportsCommitter<String>, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final Registry<Collected> COLLECTED = new Registry<>("CollectingSink");

  private final String id = UUID.randomUUID().toString();

  private CollectingSink() {
    COLLECTED.put(id, new Collected());
  }

  public static <T> CollectingSink<T> create() {
    return new CollectingSink<>();
  }

  /** A snapshot of every record that arrived, repeated ones too. */
  public List<T> received() {
    return cast(collected().received());
  }

  /** A snapshot of the records that are committed. */
  public List<T> finished() {
    return cast(collected().finished());
  }

  /** Returns the received records when there are at least {@code count}. */
  public List<T> awaitReceived(int count, Duration limit) throws Exception {
    Await.until(count + " records received", limit, () -> collected().received().size() >= count);
    return received();
  }

  /** Returns the finished records when there are at least {@code count}. */
  public List<T> awaitFinished(int count, Duration limit) throws Exception {
    Await.until(count + " records finished", limit, () -> collected().finished().size() >= count);
    return finished();
  }

  /** Frees the records; a job that still writes here fails. */
  @Override
  public void close() {
    COLLECTED.remove(id);
  }

  @Override
  @Deprecated
  public CommittingSinkWriter<T, String> createWriter(InitContext context) {
    return new Writer<>(collected(), context.<T>createInputSerializer());
  }

  @Override
  public CommittingSinkWriter<T, String> createWriter(WriterInitContext context) {
    return new Writer<>(collected(), context.<T>createInputSerializer());
  }

  @Override
  public Committer<String> createCommitter(CommitterInitContext context) {
    return new BatchCommitter(collected());
  }

  @Override
  public SimpleVersionedSerializer<String> getCommittableSerializer() {
    return new BatchIdSerializer();
  }

  private Collected collected() {
    return COLLECTED.get(id);
  }

  @SuppressWarnings("unchecked") // only a Writer<T> of this sink adds to the collection
  private static <T> List<T> cast(List<Object> records) {
    return (List<T>) records;
  }

  private static final class Writer<T> implements CommittingSinkWriter<T, String> {
    private final Collected collected;
    private final TypeSerializer<T> serializer;
    private List<Object> open = new ArrayList<>();

    Writer(Collected collected, TypeSerializer<T> serializer) {
      this.collected = collected;
      this.serializer = serializer;
    }

    @Override
    public void write(T element, Context context) {
      T copy = serializer.copy(element);
      open.add(copy);
      collected.receive(copy);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<String> prepareCommit() {
      if (open.isEmpty()) {
        return List.of();
      }
      String batch = collected.prepare(open);
      open = new ArrayList<>();
      return List.of(batch);
    }

    @Override
    public void close() {}
  }

  private static final class BatchCommitter implements Committer<String> {
    private final Collected collected;

    BatchCommitter(Collected collected) {
      this.collected = collected;
    }

    @Override
    public void commit(Collection<CommitRequest<String>> requests) {
      for (CommitRequest<String> request : requests) {
        if (!collected.commit(request.getCommittable())) {
          request.signalAlreadyCommitted();
        }
      }
    }

    @Override
    public void close() {}
  }

  private static final class BatchIdSerializer implements SimpleVersionedSerializer<String> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(String batch) {
      return batch.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String deserialize(int version, byte[] serialized) throws IOException {
      if (version != 1) {
        throw new IOException("Cannot read batch id: version '" + version + "' is not 1");
      }
      return new String(serialized, StandardCharsets.UTF_8);
    }
  }
}
