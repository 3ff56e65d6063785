package dev.sluice.partitioning.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrefixTemplateTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant TIME = Instant.parse("2021-08-31T22:39:43Z");

  @Test
  void givesThePrefixesOfThePosts() throws Exception {
    PrefixTemplate template =
        data(
            "customer_id=!{partitionKeyFromQuery:customer_id}/"
                + "device=!{partitionKeyFromQuery:device}/");

    assertThat(template.queryKeys()).containsExactlyInAnyOrder("customer_id", "device");
    assertThat(record(template, Map.of("customer_id", "1234", "device", "mobile")))
        .isEqualTo("customer_id=1234/device=mobile/");
  }

  @Test
  void takesKeysOfTransformersAndEventTimesInItsZone() throws Exception {
    PrefixTemplate template =
        PrefixTemplate.ofData(
            "!{partitionKeyFromLambda:tenant}/day=!{eventTimestamp:yyyy-MM-dd}/", BERLIN);

    assertThat(template.needsEventTime()).isTrue();
    assertThat(template.lambdaKeys()).containsExactly("tenant");
    assertThat(template.forRecord(Map.of(), Map.of("tenant", "a/b"), TIME))
        .isEqualTo("a%2Fb/day=2021-09-01/");
  }

  @Test
  void leavesToTheObjectWhatOnlyTheObjectKnows() throws Exception {
    String partition =
        record(
            data("!{partitionKeyFromQuery:k}/!{timestamp:yyyy'/m='MM}/!{firehose:random-string}/"),
            Map.of("k", "v"));

    assertThat(partition).isEqualTo("v/!{timestamp:yyyy'/m='MM}/!{firehose:random-string}/");
    assertThat(ObjectPrefix.of(partition, ZoneOffset.UTC).at(TIME.toEpochMilli(), "abcdefghijk"))
        .isEqualTo("v/2021/m=08/abcdefghijk/");
  }

  @Property(tries = 2_000)
  void noValueForgesAnExpressionOrAnotherFolder(@ForAll String value) throws Exception {
    String partition =
        record(data("k=!{partitionKeyFromQuery:k}/"), Map.of("k", "!{timestamp:yyyy}" + value));

    String name = ObjectPrefix.of(partition, ZoneOffset.UTC).at(0, "r");

    assertThat(name).isEqualTo(partition).startsWith("k=").endsWith("/");
    assertThat(name.chars().filter(c -> c == '/').count()).isOne();
  }

  @Test
  void appendsTheHourWhereFirehoseDoes() throws Exception {
    assertThat(record(data("raw/"), Map.of())).isEqualTo("raw/!{timestamp:yyyy/MM/dd/HH/}");
    assertThat(record(data(""), Map.of())).isEqualTo("!{timestamp:yyyy/MM/dd/HH/}");
    assertThat(record(data("!{partitionKeyFromQuery:k}/"), Map.of("k", "v"))).isEqualTo("v/");
  }

  @Test
  void reportsAllMistakesWithTheirPositions() {
    assertThatThrownBy(() -> data("a/!{nothing}/!{timestamp:bb}/!{firehose:x}/../!{open"))
        .isInstanceOfSatisfying(
            InvalidPrefixException.class, e -> assertThat(e.mistakes()).hasSize(5))
        .hasMessageContaining("at position 3: '!{nothing}'")
        .hasMessageContaining("at position 14: 'bb'")
        .hasMessageContaining("'firehose:x'")
        .hasMessageContaining("'..'")
        .hasMessageContaining("has no '}'");
    assertThatThrownBy(() -> data("/rooted/")).hasMessageContaining("must not begin with '/'");
    assertThatThrownBy(() -> data("!{lambda:x}/")).hasMessageContaining("is no namespace");
  }

  /** Else the job would find it when the first object is named. */
  @Test
  void refusesWhatWouldNameNoFolder() {
    assertThatThrownBy(() -> data("ab//c/")).hasMessage("at position 4: '//' names no folder");
    assertThatThrownBy(() -> data("a/./b/"))
        .hasMessage("at position 3: '.' is no name of a folder");
    assertThatThrownBy(() -> data("a/!{timestamp:yyyy//MM}/"))
        .hasMessage("at position 3: '//' names no folder");
    assertThatThrownBy(() -> data("a/!{timestamp:'../'yyyy}/"))
        .hasMessage("at position 3: '..' is no name of a folder");
    assertThatThrownBy(() -> data("!{timestamp:/yyyy}/")).hasMessageContaining("must not begin");
    assertThatThrownBy(() -> data("!{timestamp:yyyy/}/x/"))
        .hasMessage("at position 19: '//' names no folder");
  }

  /** Names of months are part of object names, which may not depend on the machine. */
  @Test
  void timesAreInEnglishWhateverTheMachineSpeaks() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.FRANCE);
    try {
      assertThat(
              ObjectPrefix.of(record(data("!{timestamp:MMM}/"), Map.of()), ZoneOffset.UTC)
                  .at(0, "x"))
          .isEqualTo("Jan/");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesFoldersWithoutANameWhereverTheyComeFrom() {
    for (String text :
        List.of("a//b/", "!{timestamp:yyyy//MM}/", "!{timestamp:yyyy/}/", "a/!{timestamp:'..'}/")) {
      assertThatThrownBy(() -> data(text))
          .as(text)
          .isInstanceOf(InvalidPrefixException.class)
          .hasMessageStartingWith("at position ");
      assertThatThrownBy(() -> PrefixTemplate.ofErrors(text, ZoneOffset.UTC))
          .as(text)
          .isInstanceOf(InvalidPrefixException.class);
    }
  }

  @Test
  void errorPrefixesHaveTheTypeAndNoKeys() throws Exception {
    PrefixTemplate template =
        PrefixTemplate.ofErrors("errors/!{firehose:error-output-type}/", ZoneOffset.UTC);

    assertThat(template.forError("processing-failed")).isEqualTo("errors/processing-failed/");
    assertThatThrownBy(() -> PrefixTemplate.ofErrors("!{partitionKeyFromQuery:k}/", ZoneOffset.UTC))
        .isInstanceOf(InvalidPrefixException.class);
    assertThatThrownBy(() -> data("a/!{firehose:error-output-type}/"))
        .isInstanceOf(InvalidPrefixException.class)
        .hasMessage("at position 3: 'error-output-type' belongs into error prefixes");
  }

  private static PrefixTemplate data(String text) throws InvalidPrefixException {
    return PrefixTemplate.ofData(text, ZoneOffset.UTC);
  }

  private static String record(PrefixTemplate template, Map<String, String> keys) {
    return template.forRecord(keys, Map.of(), null);
  }
}
