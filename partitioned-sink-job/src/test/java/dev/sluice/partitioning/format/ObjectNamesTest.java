package dev.sluice.partitioning.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNamesTest {
  private static final String UUID = "6d3ea6ed-9f5e-4c6a-8f1e-0a1b2c3d4e5f";

  /** The event time of the posts' example record. */
  private static final long ARRIVAL = 1_630_442_383_999L;

  @Test
  void namesObjectsAsFirehoseDoes() {
    ObjectNames names = new ObjectNames("clicks", 1, ZoneOffset.UTC, ".gz");

    assertThat(names.at(ARRIVAL, UUID)).isEqualTo("clicks-1-2021-08-31-20-39-43-" + UUID + ".gz");
  }

  @Test
  void showsTheTimeInTheZoneOfThePrefixes() {
    ObjectNames names = new ObjectNames("clicks", 12, ZoneId.of("Asia/Tokyo"), "");

    assertThat(names.at(ARRIVAL, UUID)).isEqualTo("clicks-12-2021-09-01-05-39-43-" + UUID);
  }

  @Test
  void usesAsciiDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(new ObjectNames("c", 1, ZoneOffset.UTC, "").at(ARRIVAL, UUID))
          .isEqualTo("c-1-2021-08-31-20-39-43-" + UUID);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void travelsToTheTaskManagers() throws Exception {
    ObjectNames names = new ObjectNames("clicks", 1, ZoneId.of("Asia/Tokyo"), ".gz");

    assertThat(InstantiationUtil.clone(names).at(ARRIVAL, UUID)).isEqualTo(names.at(ARRIVAL, UUID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ü", "a\n", "../a"})
  void rejectsStreamNamesThatFirehoseRejects(String stream) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectNames(stream, 1, ZoneOffset.UTC, ""))
        .withMessage(
            "Stream name must be 1 to 64 characters of a-zA-Z0-9_.-, but was '" + stream + "'");
  }

  @Test
  void rejectsNamesThatAreTooLong() {
    assertThat(new ObjectNames("a".repeat(64), 1, ZoneOffset.UTC, "." + "b".repeat(127)))
        .isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectNames("a".repeat(65), 1, ZoneOffset.UTC, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectNames("a", 1, ZoneOffset.UTC, "." + "b".repeat(128)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", ".", ".GZ", "./..", ".a/b", ".json gz"})
  void rejectsExtensionsThatFirehoseRejects(String extension) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectNames("a", 1, ZoneOffset.UTC, extension))
        .withMessageContaining("but was '" + extension + "'");
  }

  @Test
  void takesTheExtensionOfEveryFormat() {
    for (Compression compression : Compression.values()) {
      String extension = ObjectFormats.jsonLines(compression).objects().extension();

      assertThat(new ObjectNames("a", 1, ZoneOffset.UTC, extension).at(0, UUID))
          .endsWith(UUID + extension);
    }
  }

  @Test
  void rejectsVersionsBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectNames("a", 0, ZoneOffset.UTC, ""))
        .withMessage("Version must be at least 1, but was '0'");
  }
}
