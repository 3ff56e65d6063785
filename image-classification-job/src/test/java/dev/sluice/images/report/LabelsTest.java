package dev.sluice.images.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private final Labels labels = new Labels(Set.of("ring", "great white shark"));

  @Test
  void areNamesOfFoldersThatAreClasses() {
    assertThat(labels.of("s3://bucket/images/ring/7.jpg")).contains("ring");
    assertThat(labels.of("file:/images/great white shark/7.jpg")).contains("great white shark");
    assertThat(labels.of("ring/7.jpg")).contains("ring");
  }

  @Test
  void areUnknownInOtherFolders() {
    assertThat(labels.of("s3://bucket/images/inbox/7.jpg")).isEmpty();
    assertThat(labels.of("s3://bucket/ring/inbox/7.jpg")).isEmpty();
    assertThat(labels.of("s3://bucket/Ring/7.jpg")).isEmpty();
    assertThat(labels.of("ring")).isEmpty();
    assertThat(labels.of("/7.jpg")).isEmpty();
    assertThat(labels.of("")).isEmpty();
  }
}
