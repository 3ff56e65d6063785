package dev.sluice.common.source.generated.ticks;

import java.util.ArrayList;
import java.util.List;

/** Symbols of stocks: those of the posts first, then made-up ones. Stateless. */
final class TickerNames {
  private static final List<String> KNOWN =
      List.of("AMZN", "BTC", "ETH", "BNB", "XRP", "DOGE", "AMD", "MSFT", "INTC", "TSLA");

  private TickerNames() {}

  static List<String> first(int number) {
    List<String> names = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      names.add(i < KNOWN.size() ? KNOWN.get(i) : "T" + i);
    }
    return names;
  }
}
