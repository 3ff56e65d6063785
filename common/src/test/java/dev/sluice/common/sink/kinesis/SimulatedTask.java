package dev.sluice.common.sink.kinesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A task with a replayable source before the writer: it takes checkpoints, is killed and goes on
 * from the last one, while requests of the attempt that was killed are still under way.
 */
final class SimulatedTask {
  final List<Integer> refused = new ArrayList<>();
  final Map<Integer, Integer> acknowledged = new TreeMap<>();
  private final Simulation simulation;
  private final StreamClient stream;
  private final List<StreamEntry> input;
  private final Writer.Maker maker;
  private final Random random;
  private int idle = 33;
  private int attempt;
  private int position;
  private int checkpoint;
  private Exception failure;

  SimulatedTask(
      Simulation simulation,
      StreamClient stream,
      List<StreamEntry> input,
      Writer.Maker maker,
      long seed) {
    this.simulation = simulation;
    this.stream = stream;
    this.input = input;
    this.maker = maker;
    this.random = new Random(seed);
  }

  /** The source always has the next record at once; else it lets a third of the events pass. */
  SimulatedTask eager() {
    idle = 0;
    return this;
  }

  /** Runs to the end of the input with checkpoints and kills at random places. */
  SimulatedTask run(double checkpoints, int kills) throws Exception {
    int left = kills;
    Writer writer = start();
    while (position < input.size() || !writer.isEmpty()) {
      if (left > 0 && random.nextDouble() < 0.003) {
        left--;
        writer = start();
        continue;
      }
      if (position == input.size() || random.nextDouble() < checkpoints) {
        writer.flush();
        boolean killed = !drain(writer, left > 0);
        if (killed) {
          left--;
          writer = start();
        } else {
          checkpoint = position;
        }
      } else if (writer.hasRoomFor(input.get(position)) && random.nextInt(100) >= idle) {
        writer.add(position, input.get(position));
        position++;
      } else {
        step(writer);
      }
    }
    while (simulation.step()) {
      // What was given up lands late.
    }
    return this;
  }

  private Writer start() {
    attempt++;
    position = checkpoint;
    int own = attempt;
    Writer[] writer = new Writer[1];
    writer[0] = maker.make(stream, new Surroundings(own, writer), new Outcomes(own));
    return writer[0];
  }

  private boolean drain(Writer writer, boolean mayBeKilled) throws Exception {
    while (!writer.isEmpty()) {
      if (mayBeKilled && random.nextDouble() < 0.002) {
        return false;
      }
      step(writer);
    }
    return true;
  }

  private void step(Writer writer) throws Exception {
    if (!simulation.step() && !writer.isEmpty()) {
      throw new IllegalStateException("Nothing will ever happen, and records are undecided");
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** First copies by partition key, in the order in which the stream has them. */
  static Map<String, List<String>> firstCopies(List<StreamEntry> stored) {
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    for (StreamEntry entry : stored) {
      List<String> seen = byKey.computeIfAbsent(entry.partitionKey(), key -> new ArrayList<>());
      String text = FakeStream.text(entry);
      if (!seen.contains(text)) {
        seen.add(text);
      }
    }
    return byKey;
  }

  private final class Surroundings implements PutSurroundings {
    private final int own;
    private final Writer[] writer;

    private Surroundings(int own, Writer[] writer) {
      this.own = own;
      this.writer = writer;
    }

    @Override
    public long now() {
      return simulation.now();
    }

    @Override
    public void wakeAt(long millis) {
      simulation.after(millis - simulation.now(), () -> onWriterThread(() -> writer[0].wake()));
    }

    @Override
    public void onWriterThread(Action action) {
      if (own != attempt) {
        return; // the task is dead
      }
      try {
        action.run();
      } catch (Exception e) {
        failure = e;
      }
    }
  }

  private final class Outcomes implements PutOutcomes<Integer> {
    private final int own;

    private Outcomes(int own) {
      this.own = own;
    }

    @Override
    public void stored(Integer index, Placement placement) {
      if (own != attempt) {
        throw new IllegalStateException("A dead task hears answers");
      }
      acknowledged.merge(index, 1, Integer::sum);
    }

    @Override
    public void refused(Integer index, StreamEntry entry, PutFailure why, int attempts) {
      refused.add(index);
    }
  }
}
