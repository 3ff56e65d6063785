package dev.sluice.benchmarks.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured so far. */
final class Figures {
  final List<Overhead> overheads = new ArrayList<>();
  private final Map<DropCell, Rounds> drops = new LinkedHashMap<>();

  Rounds of(DropCell cell) {
    return drops.computeIfAbsent(cell, any -> new Rounds());
  }
}
