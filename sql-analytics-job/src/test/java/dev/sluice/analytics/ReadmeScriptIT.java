package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest script of the README, as a newcomer copies it. */
class ReadmeScriptIT {
  private static final Pattern SCRIPT = Pattern.compile("all of\\n`my.sql`:\\n```sql\\n([^`]*)```");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\./sluice run sql-analytics (--script.path=my.sql --generator\\S*)");

  @TempDir Path folder;

  @Test
  void printsTheLargeTradesOfTheGenerator() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Path script = Files.writeString(folder.resolve("my.sql"), found(SCRIPT, readme));
    String[] options = found(COMMAND, readme).replace("my.sql", script.toString()).split(" ");

    List<String> printed =
        printed(options).lines().filter(line -> line.startsWith("large_trades:")).toList();

    TickGenerator day = new Day(42, 1_000).generator();
    assertThat(printed)
        .hasSizeBetween(1, 999)
        .extracting(line -> line.replaceFirst("^[^>]*> ", ""))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_000)
                .mapToObj(day::tick)
                .filter(tick -> tick.volume >= 400)
                .map(tick -> "+I[" + tick.ticker + ", " + tick.price + ", " + tick.volume + "]")
                .toList());
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in the README", pattern).isTrue();
    return matcher.group(1);
  }

  private static String printed(String... args) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      SqlAnalyticsJob.main(args);
    } finally {
      System.setOut(console);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
