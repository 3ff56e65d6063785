package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.formats.csv.CsvRowDataDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLookupTest {
  private static final RowType TYPE = RowType.of(VarCharType.STRING_TYPE, VarCharType.STRING_TYPE);

  @TempDir Path folder;

  @Test
  void findsAllRowsOfAKeyAndNoneWithoutOne() throws Exception {
    FileLookup lookup =
        lookup("AMZN,Amazon.com\nMSFT,\"Microsoft, Inc.\"\n\nAMZN,second\n", Duration.ofDays(1));

    assertThat(lookup.lookup(key("AMZN")))
        .extracting(row -> row.getString(1).toString())
        .containsExactly("Amazon.com", "second");
    assertThat(lookup.lookup(key("MSFT")))
        .extracting(row -> row.getString(1).toString())
        .containsExactly("Microsoft, Inc.");
    assertThat(lookup.lookup(key("NONE"))).isEmpty();
  }

  @Test
  void seesAChangedFileAfterTheReloadTime() throws Exception {
    FileLookup always = lookup("AMZN,old\n", Duration.ZERO);
    FileLookup seldom = lookup("AMZN,old\n", Duration.ofDays(1));

    Files.writeString(folder.resolve("companies.csv"), "AMZN,new\n");

    assertThat(always.lookup(key("AMZN")))
        .extracting(row -> row.getString(1).toString())
        .containsExactly("new");
    assertThat(seldom.lookup(key("AMZN")))
        .extracting(row -> row.getString(1).toString())
        .containsExactly("old");
  }

  @Test
  void failsOnAFileThatIsMissingOrBroken() throws Exception {
    assertThatThrownBy(() -> lookup("AMZN,a\nMSFT,b,c,d\n", Duration.ofDays(1)))
        .hasMessageContaining("Cannot read line 2 of '" + folder.resolve("companies.csv"));
    FileLookup lookup = lookup("AMZN,a\n", Duration.ZERO);
    Files.delete(folder.resolve("companies.csv"));
    assertThatThrownBy(() -> lookup.lookup(key("AMZN"))).hasMessageContaining("Cannot read");
  }

  @Test
  void skipsAndCountsLinesThatTheFormatIgnores() throws Exception {
    RememberedCounter skipped = new RememberedCounter();

    FileLookup lookup = lookup("AMZN,a\nMSFT,b,c,d\nMSFT,b\n", Duration.ofDays(1), true, skipped);

    assertThat(lookup.lookup(key("AMZN"))).hasSize(1);
    assertThat(lookup.lookup(key("MSFT"))).hasSize(1);
    assertThat(skipped.counter.getCount()).isEqualTo(1);
  }

  private FileLookup lookup(String file, Duration reload) throws Exception {
    return lookup(file, reload, false, new UnregisteredMetricsGroup());
  }

  private FileLookup lookup(String file, Duration reload, boolean ignore, MetricGroup metrics)
      throws Exception {
    Path path = Files.writeString(folder.resolve("companies.csv"), file);
    FileLookup lookup =
        new FileLookup(
            path.toString(),
            reload,
            new CsvRowDataDeserializationSchema.Builder(TYPE, InternalTypeInfo.of(TYPE))
                .setIgnoreParseErrors(ignore)
                .build(),
            TYPE,
            new int[] {0});
    FileLookup sent = InstantiationUtil.clone(lookup); // as Flink sends it
    sent.open(
        new FunctionContext(null, null, null) {
          @Override
          public MetricGroup getMetricGroup() {
            return metrics;
          }
        });
    return sent;
  }

  private static GenericRowData key(String ticker) {
    return GenericRowData.of(StringData.fromString(ticker));
  }

  private static final class RememberedCounter extends UnregisteredMetricsGroup {
    private final Counter counter = new SimpleCounter();

    @Override
    public Counter counter(String name) {
      return name.equals("skippedLines") ? counter : super.counter(name);
    }
  }
}
