package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.producer.SendResult.Outcome;
import dev.sluice.common.producer.SimulatedProducers.Call;
import dev.sluice.common.producer.SimulatedProducers.Copy;
import dev.sluice.common.record.RecordVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of answers and streams once all is quiet. */
final class SendInvariants {
  private final SimulatedProducers world;
  private final List<Copy> all;

  SendInvariants(SimulatedProducers world) {
    this.world = world;
    this.all = new ArrayList<>(world.copies(SimulatedProducers.WEST));
    all.addAll(world.copies(SimulatedProducers.EAST));
    all.sort(Comparator.comparingLong(Copy::at));
  }

  void check() {
    versionsGrowWithTheCalls();
    answersAreTrue();
    // What was under way in a process that was killed may land any time: its sender has no answer.
    Set<String> answered = new HashSet<>();
    world.calls.stream()
        .filter(call -> call.answer().isDone())
        .forEach(call -> answered.add(call.key() + "#" + call.number()));
    all.removeIf(copy -> !answered.contains(copy.key() + "#" + copy.number()));
    firstCopiesInOrder(all);
  }

  private void versionsGrowWithTheCalls() {
    Map<String, Map<Integer, RecordVersion>> versions = new HashMap<>();
    for (Copy copy : all) {
      RecordVersion version = copy.stamped().version();
      RecordVersion other =
          versions.computeIfAbsent(copy.key(), k -> new HashMap<>()).put(copy.number(), version);
      assertThat(other == null || other.equals(version)).as("one version: " + copy).isTrue();
    }
    versions.forEach(
        (key, byNumber) -> {
          List<Integer> byVersion = new ArrayList<>(byNumber.keySet());
          byVersion.sort((a, b) -> byNumber.get(a).compareTo(byNumber.get(b)));
          assertThat(byVersion).as("versions of " + key).isSorted();
        });
  }

  private void answersAreTrue() {
    Map<String, Set<String>> regionsOf = new HashMap<>();
    all.forEach(
        copy ->
            regionsOf
                .computeIfAbsent(copy.key() + "#" + copy.number(), key -> new HashSet<>())
                .add(copy.region()));
    Set<Outcome> outcomes = new HashSet<>();
    for (Call call : world.calls) {
      if (!call.answer().isDone()) {
        continue; // its process was killed
      }
      SendResult result = call.answer().join();
      outcomes.add(result.outcome());
      Set<String> regions = regionsOf.getOrDefault(call.key() + "#" + call.number(), Set.of());
      assertThat(regions).as(call.toString()).isNotEmpty();
      if (result.outcome() == Outcome.ACCEPTED) {
        long over = world.endedAt.getOrDefault(result.epoch(), Long.MAX_VALUE / 2);
        assertThat(regions).as(call.toString()).contains(result.region());
        assertThat(call.at().get())
            .as(result.toString())
            .isLessThan(over + SimulatedProducers.LEASE);
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
  }

  static void firstCopiesInOrder(List<Copy> copies) {
    Map<String, List<Integer>> first = new HashMap<>();
    for (Copy copy : copies) {
      List<Integer> seen = first.computeIfAbsent(copy.key(), key -> new ArrayList<>());
      if (!seen.contains(copy.number())) {
        seen.add(copy.number());
      }
    }
    first.forEach((key, seen) -> assertThat(seen).as(key).isSorted());
  }
}
