package dev.sluice.benchmarks.sql;

import java.util.LinkedHashMap;
import java.util.Map;

/** All that was measured so far. */
final class Figures {
  private final Map<String, Rounds> queries = new LinkedHashMap<>();
  private final Map<DropCell, Rounds> drops = new LinkedHashMap<>();

  /** A query through {@link SqlProcess#JOB} or {@link SqlProcess#BARE}. */
  Rounds of(Query query, String kind) {
    return queries.computeIfAbsent(query + kind, any -> new Rounds());
  }

  Rounds of(DropCell cell) {
    return drops.computeIfAbsent(cell, any -> new Rounds());
  }
}
