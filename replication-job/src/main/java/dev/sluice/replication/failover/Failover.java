package dev.sluice.replication.failover;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionState;
import dev.sluice.replication.PositionsMissingException;
import dev.sluice.replication.health.CanaryCheck;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves the writing of a stream out of a Region that is out of order.
 *
 * <p><b>The order, and why.</b>
 *
 * <ol>
 *   <li>The target takes records and gives them back: else the switch would make things worse.
 *   <li>The source is out of order: a Region that works is left with a failback, which copies
 *       first.
 *   <li>Markers in the target, for the time from which records exist there alone. Before the
 *       switch, or a record between the two would later not be copied back.
 *   <li>The switch: one conditional write of the next epoch, which both fences and moves. No pause
 *       between the two is needed: what a producer of the old epoch still gets into the source was
 *       either acknowledged, and lies there until it is copied when the source is back, or it was
 *       not, and the producer sends it again to the target.
 *   <li>The target still takes records, and the register says so.
 * </ol>
 *
 * <p><b>Cut off anywhere and run again</b> it ends the same: only the switch changes anything that
 * counts, the register itself tells whether it was made, and markers may be put again. Of several
 * controllers one makes the switch and the others find it made.
 */
final class Failover {
  private static final String OPERATION = "failover";

  private final SwitchWorld world;
  private final Site target;
  private final Site source;
  private final ActiveRegion seen;
  private final @Nullable String evidence;
  private Optional<SwitchNote> note;
  private boolean marked;

  private Failover(SwitchWorld world, Site target, ActiveRegion seen, @Nullable String evidence) {
    this.world = world;
    this.target = target;
    this.source = world.other(target);
    this.seen = seen;
    this.evidence = evidence;
    // In the middle of a failback from the target the writing is still there, since when it was.
    this.note =
        seen.region().equals(target.region)
            ? Optional.of(SwitchNote.of(seen).by(OPERATION))
            : Optional.empty();
  }

  /**
   * The steps from what the register says now.
   *
   * @param evidence why the source is left, if it is not to be found out: the verdict of a monitor,
   *     or somebody's word
   */
  static List<Step> steps(SwitchWorld world, Site target, @Nullable String evidence)
      throws IOException {
    return steps(world, target, evidence, world.current());
  }

  /**
   * The steps from what the register said when the source was judged: a process that stood still
   * since then must not act on what it has forgotten to be old.
   */
  static List<Step> steps(
      SwitchWorld world, Site target, @Nullable String evidence, ActiveRegion seen) {
    return new Failover(world, target, seen, evidence).all();
  }

  private List<Step> all() {
    String to = target.region;
    return List.of(
        Step.of(
                "target in order",
                "'" + to + "' stores " + world.limits.canaries + " canaries and gives them back",
                () -> world.requireGood(target))
            .doneIf(this::isSwitched),
        Step.of(
                "source out of order",
                "of " + world.limits.canaries + " canaries to '" + source + "' half or more fail",
                this::requireFailing)
            .doneIf(this::isSwitched),
        Step.of("mark target", "the register is at epoch " + seen.epoch(), this::requireSeen)
            .does("puts a record into each shard in '" + to + "', for its time", this::mark)
            .doneIf(() -> isSwitched() || note.isPresent()),
        Step.of("switch", "the register is still at epoch " + seen.epoch(), this::requireSeen)
            .does(
                "makes '" + to + "' active with epoch " + (seen.epoch() + 1) + ", if nobody has",
                this::change)
            .doneIf(this::isSwitched),
        Step.of(
                "target at work",
                "the register says '" + to + "', and it takes records",
                this::verify)
            .checkedLater());
  }

  private boolean isSwitched() throws IOException {
    ActiveRegion now = world.current();
    return now.state() == RegionState.ACTIVE && now.region().equals(target.region);
  }

  private String requireFailing() throws UnmetException, InterruptedException {
    if (evidence != null) {
      return evidence;
    }
    CanaryCheck check = world.canaries(source);
    if (!check.isFailing()) {
      throw new UnmetException(
          "The stream of '"
              + source
              + (check.isGood()
                  ? "' seems to be in order: "
                  : "' is not known to be out of order: ")
              + check
              + "; leave it with a failback, or say '--failover.although-healthy=true'");
    }
    return check.toString();
  }

  private String requireSeen() throws IOException {
    ActiveRegion now = world.current();
    if (now.epoch() != seen.epoch()) {
      throw new UnmetException("The register has gone on: " + now);
    }
    return now.toString();
  }

  private String mark() throws IOException, InterruptedException {
    Markers markers = Markers.put(target, world.waiter);
    note = Optional.of(new SwitchNote(OPERATION, markers.copyFrom(), null));
    marked = true;
    return markers + ", copy back from " + markers.copyFrom();
  }

  private String change() throws IOException {
    SwitchNote kept = note.orElseThrow(() -> new IllegalStateException("Not marked"));
    if (marked) {
      // Not since the markers: until now producers write into the source.
      kept = new SwitchNote(OPERATION, kept.copyFrom.orElse(null), world.now());
    }
    return world.change(seen, target, RegionState.ACTIVE, kept).toString();
  }

  private String verify() throws IOException, InterruptedException {
    ActiveRegion now = world.current();
    if (!isSwitched()) {
      throw new UnmetException("The register says something else by now: " + now);
    }
    String check = world.requireGood(target);
    return now + "; " + check + "; " + behind();
  }

  private String behind() throws IOException {
    CopyProgress copy = target == world.away ? world.toAway : world.toHome;
    String none = "no position of a copy into it is kept";
    try {
      return copy.age()
          .map(age -> "the last position of the copy into it is " + age.toSeconds() + " s old")
          .orElse(none);
    } catch (PositionsMissingException e) {
      return none + ": " + e.getMessage();
    }
  }
}
