package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Cell;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Tables of steps, events, records, times and audited windows. */
final class DrillTables {
  /** More windows than a reader wants to see if they are equal. */
  private static final int MOST_EQUAL = 24;

  private static final int MOST_DIFFERING = 100;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final DrillRun run;

  DrillTables(DrillRun run) {
    this.run = run;
  }

  Piece steps() {
    Table table = Table.of("Step", "Began", "Took", "How it was checked");
    for (DrillPhase phase : run.phases) {
      boolean done = phase.end.isPresent();
      table.row(
          phase.name,
          Cell.number(EventWords.since(run, phase.begin)),
          phase.took().map(Figures::duration).map(Cell::number).orElse(Cell.wrong("not done")),
          done && !phase.checked.isEmpty()
              ? Cell.text(phase.checked)
              : Cell.wrong(done ? "not checked" : run.interrupted.orElse("not checked")));
    }
    return table;
  }

  Piece events() {
    Table table = Table.of("Time", "Region", "Event", "What was seen");
    for (DrillEvent event : run.events) {
      String label = EventWords.label(event);
      table.row(
          EventWords.since(run, event.time),
          Cell.name(run.name(event.side)),
          event.kind == EventKind.OUTAGE ? Cell.wrong(label) : Cell.name(label),
          Cell.text(event.text));
    }
    return table;
  }

  Piece records() {
    DrillTotals totals = run.totals;
    return Table.of("Records", "Number")
        .row("Given to producers", count(totals.produced()))
        .row("Accepted: a producer was told so", count(totals.accepted()))
        .row("In the consumer's table", count(totals.inTable()))
        .row("Lost", count(totals.lost()))
        .row("Repeated, dropped by the consumer", count(totals.repeated()))
        .row("Out of order", count(totals.outOfOrder()))
        .row("Dead letters", count(totals.deadLetters()));
  }

  private static Cell count(OptionalLong count) {
    return Cell.number(DrillPage.shown(count));
  }

  /** Between which moments the time went; empty if the outage has no end of it. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    Instant outage = run.first(EventKind.OUTAGE).map(event -> event.time).orElse(null);
    Instant detected = run.first(EventKind.DETECTED).map(event -> event.time).orElse(null);
    Instant switched = run.first(EventKind.SWITCHED).map(event -> event.time).orElse(null);
    if (outage != null && detected != null) {
      spans.add(new Span("Outage to detection", Duration.between(outage, detected)));
    }
    if (detected != null && switched != null) {
      spans.add(new Span("Detection to switch", Duration.between(detected, switched)));
    }
    if (outage != null && switched != null && run.totals.recovery().isPresent()) {
      Instant writing = outage.plus(run.totals.recovery().get());
      spans.add(new Span("Switch to first record", Duration.between(switched, writing)));
    }
    Instant fence = run.first(EventKind.FENCED).map(event -> event.time).orElse(null);
    Instant back = run.first(EventKind.FAILED_BACK).map(event -> event.time).orElse(null);
    if (fence != null && back != null) {
      spans.add(new Span("Fence to failback", Duration.between(fence, back)));
    }
    return spans;
  }

  Piece times(List<Span> spans) {
    long longest = spans.stream().mapToLong(span -> span.time.toMillis()).max().orElse(1);
    Table table = Table.of("From, to", "share", "Time");
    for (Span span : spans) {
      table.row(
          span.name,
          Cell.bar(span.time.toMillis() / (double) Math.max(1, longest)),
          Cell.number(Figures.duration(span.time)));
    }
    return table;
  }

  /** Those that differ first. */
  Piece audit() {
    Table table =
        Table.of(
            "Window",
            "Records of",
            "Records",
            "In the other",
            "Missing",
            "Repeated",
            "Unexpected",
            "Result");
    Map<Boolean, List<AuditedWindow>> windows =
        run.audit.stream().collect(Collectors.partitioningBy(AuditedWindow::differs));
    String differ = rows(table, windows.getOrDefault(true, List.of()), MOST_DIFFERING, "differ");
    String equal = rows(table, windows.getOrDefault(false, List.of()), MOST_EQUAL, "are equal");
    return html -> {
      table.write(html);
      if (!(differ + equal).isEmpty()) {
        html.element("p", differ + equal, "class", "note");
      }
    };
  }

  /** Adds rows, and says how many there are beside them; empty if none. */
  private String rows(Table table, List<AuditedWindow> windows, int most, String are) {
    windows.stream().limit(most).forEach(window -> row(table, window));
    int more = windows.size() - most;
    return more > 0 ? "And " + Figures.count(more) + " more that " + are + ". " : "";
  }

  private void row(Table table, AuditedWindow window) {
    table.row(
        CLOCK.format(window.start),
        Cell.name(run.name(window.source)),
        Cell.number(Figures.count(window.records)),
        Cell.number(Figures.count(window.copied)),
        Cell.number(Figures.count(window.missing())),
        Cell.number(Figures.count(window.repeated)),
        Cell.number(Figures.count(window.unexpected)),
        window.differs() ? Cell.wrong("differs") : Cell.text("equal"));
  }

  /** Time between two events. */
  static final class Span {
    final String name;
    final Duration time;

    private Span(String name, Duration time) {
      this.name = name;
      this.time = time;
    }
  }
}
