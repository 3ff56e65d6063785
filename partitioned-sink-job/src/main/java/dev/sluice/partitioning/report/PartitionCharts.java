package dev.sluice.partitioning.report;

import dev.sluice.common.report.Cell;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Table;
import dev.sluice.common.report.chart.Treemap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Pictures and tables of partitions and their objects. */
final class PartitionCharts {
  private static final int ROWS = 8;

  private final SinkRun run;
  private final SinkContents contents;
  private final List<PartitionTotals> largest;

  PartitionCharts(SinkRun run, SinkContents contents) {
    this.run = run;
    this.contents = contents;
    this.largest = contents.largest();
  }

  Piece treemap() {
    Treemap map = new Treemap("Treemap of partitions", "partition", Figures::bytes);
    PrefixLevels levels = contents.levels;
    for (PartitionTotals partition : largest) {
      String prefix = partition.prefix;
      map.tile(
          levels.value(prefix, levels.group()),
          levels.value(prefix, levels.colour()),
          levels.rest(prefix),
          partition.bytes,
          hover(partition));
    }
    return map.others(contents.partitions - largest.size(), contents.smallerBytes);
  }

  private static String hover(PartitionTotals partition) {
    String records = partition.records < 0 ? "" : Figures.count(partition.records, "record") + ", ";
    return name(partition)
        + "\n"
        + records
        + Figures.count(partition.objects, "object")
        + ", "
        + Figures.bytes(partition.bytes);
  }

  private static String name(PartitionTotals partition) {
    return partition.prefix.isEmpty() ? "(no prefix)" : partition.prefix;
  }

  /** {@code By bytes, together by customer_id, in colours by device.} */
  String treemapNote() {
    PrefixLevels levels = contents.levels;
    StringBuilder note = new StringBuilder("By bytes");
    if (contents.partitions > 1) {
      note.append(", together by ").append(levels.name(levels.group()));
    }
    if (levels.colour() >= 0) {
      note.append(", in colours by ").append(levels.name(levels.colour()));
    }
    return note.append('.').toString();
  }

  String sizesNote() {
    double mean = (double) contents.bytes / contents.objects;
    return "Objects by their size as stored; the mean is " + Figures.bytes(Math.round(mean)) + ".";
  }

  /** How unevenly bytes lie. */
  String skew() {
    if (contents.bytes == 0) {
      return "";
    }
    double share = (double) largest.get(0).bytes / contents.bytes;
    return String.format(
        Locale.ROOT,
        "The largest has %s of all bytes, %s times the mean.",
        Figures.percent(share),
        Figures.decimal(share * contents.partitions));
  }

  Piece largest() {
    boolean counted = largest.stream().noneMatch(partition -> partition.records < 0);
    Table table =
        counted
            ? Table.of("Partition", "Records", "Objects", "Size")
            : Table.of("Partition", "Objects", "Size");
    List<PartitionTotals> shown = largest.subList(0, Math.min(ROWS, largest.size()));
    for (PartitionTotals partition : shown) {
      Cell objects = Cell.number(Figures.count(partition.objects));
      Cell size = Cell.number(Figures.bytes(partition.bytes));
      if (counted) {
        Cell records = Cell.number(Figures.count(partition.records));
        table.row(name(partition), records, objects, size);
      } else {
        table.row(name(partition), objects, size);
      }
    }
    long more = contents.partitions - shown.size();
    return html -> {
      table.write(html);
      if (more > 0) {
        html.element("p", "And " + Figures.count(more) + " more.", "class", "note");
      }
    };
  }

  String cutsNote() {
    return "As the tasks counted them, objects of dead letters included.";
  }

  Piece cuts() {
    List<Map.Entry<String, Long>> reasons =
        run.cuts.entrySet().stream()
            .filter(reason -> reason.getValue() > 0)
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .collect(Collectors.toList());
    double most = reasons.get(0).getValue();
    Table table = Table.of("Reason", "Share", "Objects");
    for (Map.Entry<String, Long> reason : reasons) {
      table.row(
          reason.getKey(),
          Cell.bar(reason.getValue() / most),
          Cell.number(Figures.count(reason.getValue())));
    }
    return table;
  }
}
