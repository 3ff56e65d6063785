package dev.sluice.analytics.report;

import dev.sluice.common.report.Card;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Page;
import dev.sluice.common.report.Section;
import java.time.Instant;

/** The page: title, figures, prices with alerts, volumes, shares, ranking, stocks. */
final class DayPage {
  private static final String ALERTS = "alerts";
  private static final String STOCKS = "stocks";

  private final DayRun run;
  private final DayContents day;

  DayPage(DayRun run, DayContents day) {
    this.run = run;
    this.day = day;
  }

  String html(Instant made) {
    Page page = new Page("SQL analytics", title());
    page.fact(html -> html.element("code", run.folder.toString()));
    if (day.trades > 0) {
      page.fact("trades of " + Clock.date(day.from));
    }
    page.fact((run.stopped ? "stopped after " : "took ") + Figures.duration(run.wall));
    if (run.stopped) {
      page.remark(
          "The run was stopped before its end: all figures are of the trades that were read until then.");
    }
    if (day.trades + day.late == 0) {
      page.nothing("There was no trade in this run.");
    } else {
      figures(page);
      parts(page, new DayCharts(day));
    }
    explain(page);
    return page.options(run.options).html(made);
  }

  private String title() {
    return (run.stopped ? "Partial run: " : "")
        + Figures.count(day.drops.size(), "price drop")
        + " in "
        + Figures.count(day.trades, "trade");
  }

  private void figures(Page page) {
    page.figure("Trades", Figures.count(day.trades), "each once");
    page.linked("Price drops", Figures.count(day.drops.size()), ALERTS);
    page.figure("Shares", Figures.count(day.volume));
    page.linked("Copies removed", Figures.count(day.removed), STOCKS);
    page.linked("Too late", Figures.count(day.late), STOCKS);
  }

  private static void parts(Page page, DayCharts charts) {
    page.add(new Section("prices", "Prices", charts.pricesNote(), charts.prices()));
    page.add(new Section(ALERTS, "Price drops", charts.alertsNote(), charts.alerts()));
    page.add(new Section("volume", "Volume", charts.volumesNote(), charts.volumes()));
    page.add(
        Card.row(
            new Card("Volume by stock", "Each trade once.", charts.shares()),
            new Card("Most traded stocks", charts.rankingNote(), charts.ranking())));
    page.add(
        new Section(
            STOCKS,
            "Stocks",
            "Trades, each once; copies that were removed; trades that came too late.",
            charts.stocks()));
  }

  private static void explain(Page page) {
    page.explain(
        "All figures are counted in the tables that the queries have written: each has a folder of JSON"
            + " lines beside this page.");
    page.explain(
        "A price drop is a fall by drop.amount or more (500 unless told) in less than drop.within (10"
            + " minutes). Drops share no trade.");
    page.explain(
        "A trade is too late if a newer one has come whose time lies further ahead than the lateness (5 s):"
            + " it is in the table late_trades and in nothing else here.");
    page.explain(
        "Copies of a trade are equal to it in all columns. Volumes, shares and rankings count it once.");
  }
}
