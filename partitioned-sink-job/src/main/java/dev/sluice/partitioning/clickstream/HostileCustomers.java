package dev.sluice.partitioning.clickstream;

import java.util.List;

/** Customers that mean something to file systems, object stores, Hive, prefixes or terminals. */
final class HostileCustomers {
  /** None is empty, because whether an empty key is a key depends on the settings. */
  static final List<String> ALL =
      List.of(
          "../",
          "..",
          ".",
          "/",
          "//",
          "../../errors/1000",
          "a/b",
          "a:b=c",
          "customer_id=1000",
          " ",
          "1000 ",
          "!{timestamp:yyyy}",
          "!{partitionKeyFromQuery:device}",
          "{}",
          "%2E%2E%2F",
          "%",
          "__HIVE_DEFAULT_PARTITION__",
          "a\\b",
          "\"",
          "*?#^[]`<>|&",
          "a\u0000b",
          "a\nb",
          "a\tb",
          "\u007f",
          "\u202egpj.exe",
          "ÄÖÜß",
          "A\u0308",
          "顧客",
          "😀",
          "x".repeat(300),
          "顧".repeat(400));

  private HostileCustomers() {}

  static String draw(IndexRandom random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
