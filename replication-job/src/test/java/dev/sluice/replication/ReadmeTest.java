package dev.sluice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.OptionsTable;
import dev.sluice.replication.failover.MonitorOptions;
import dev.sluice.replication.failover.RegisterOptions;
import dev.sluice.replication.failover.SwitchOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each option stands in one table of the README: that of the first who has it. */
class ReadmeTest {
  private static final List<JobOption<?>> AUDIT = union(AuditOptions.ALL, TranslateCommand.OPTIONS);

  private static final List<JobOption<?>> SWITCH =
      union(SwitchOptions.FAILOVER, SwitchOptions.FAILBACK);

  @Test
  void listsTheOptionsAsTheyAreDeclared() throws Exception {
    assertListed("## Options", ReplicationOptions.ALL);
  }

  @Test
  void listsThoseOfAuditAndTranslate() throws Exception {
    assertListed("### Audit and translate", less(AUDIT, ReplicationOptions.ALL));
  }

  @Test
  void listsThoseOfTheRegister() throws Exception {
    assertListed("### Register", RegisterOptions.ALL);
  }

  @Test
  void listsThoseOfFailoverAndFailback() throws Exception {
    assertListed(
        "### Failover and failback",
        less(SWITCH, union(ReplicationOptions.ALL, RegisterOptions.ALL)));
  }

  @Test
  void listsThoseOfTheMonitor() throws Exception {
    assertListed("### Monitor", less(MonitorOptions.ALL, union(ReplicationOptions.ALL, SWITCH)));
  }

  private static void assertListed(String heading, List<JobOption<?>> options) throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String line = "\n" + heading + "\n";

    assertThat(readme).containsOnlyOnce(line);
    String section = readme.substring(readme.indexOf(line) + line.length());
    int next = section.indexOf("\n#");
    String table = section.substring(0, next < 0 ? section.length() : next);
    assertThat(OptionsTable.of(options).differencesFrom(table)).isEmpty();
  }

  private static List<JobOption<?>> union(List<JobOption<?>> some, List<JobOption<?>> more) {
    List<JobOption<?>> all = new ArrayList<>(some);
    more.stream().filter(option -> !all.contains(option)).forEach(all::add);
    return all;
  }

  private static List<JobOption<?>> less(List<JobOption<?>> all, List<JobOption<?>> others) {
    List<JobOption<?>> left = new ArrayList<>(all);
    left.removeAll(others);
    return left;
  }
}
