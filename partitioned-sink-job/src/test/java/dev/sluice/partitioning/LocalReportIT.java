package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Xml;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The page and the summary of a run over the sample clickstream, against its objects. */
class LocalReportIT {
  private static final Path SAMPLE =
      Path.of("..", "sample-data", "clickstream").toAbsolutePath().normalize();

  @TempDir static Path folder;

  private static Document page;
  private static String printed;

  @BeforeAll
  static void runTheSample() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      PartitionedSinkJob.main(
          new String[] {
            "--input.path=" + SAMPLE,
            "--output.path=" + folder.resolve("out"),
            "--partition.query={customer_id: .customer_id, device: .type.device}",
            "--output.prefix=data/customer_id=!{partitionKeyFromQuery:customer_id}/"
                + "device=!{partitionKeyFromQuery:device}/"
          });
    } finally {
      System.setOut(console);
    }
    printed = bytes.toString(StandardCharsets.UTF_8);
    page = Xml.parse(Files.readString(folder.resolve("out/_report.html")));
  }

  @Test
  void figuresAreThoseOfTheObjects() throws Exception {
    long records = 0;
    long size = 0;
    Set<Path> partitions = new HashSet<>();
    List<Path> objects = files("out/data");
    for (Path object : objects) {
      records += Files.readAllLines(object).size();
      size += Files.size(object);
      partitions.add(object.getParent());
    }
    long letters = 0;
    for (Path object : files("out/errors")) {
      letters += Files.readAllLines(object).size();
    }

    List<String> figures = Xml.all(page, "//dl//dd[not(@class)]");

    assertThat(records + letters).isEqualTo(4_048); // sample-data/README.md
    assertThat(figures)
        .containsExactly(
            String.format("%,d", records),
            Long.toString(letters),
            Integer.toString(partitions.size()),
            Integer.toString(objects.size()),
            String.format("%.1f kB", size / 1e3));
    assertThat(printed)
        .contains(String.format("  Written      %,d records in ", records))
        .contains("  Dead letters " + letters + ": DynamicPartitioning.MetadataExtractionFailed ")
        .contains("  Output       " + folder.resolve("out"))
        .contains("/out/_report.html");
  }

  @Test
  void allObjectsEndedForAReason() throws Exception {
    List<String> counts =
        Xml.all(page, "//div[@class='card'][h2='Why objects ended']//td[@class='number']");

    int all = files("out/data").size() + files("out/errors").size();
    assertThat(counts.stream().mapToInt(Integer::parseInt).sum()).isEqualTo(all);
  }

  @Test
  void deadLettersShowTheRecord() throws Exception {
    assertThat(Xml.all(page, "//code[@class='payload']")).contains("{\"customerID\": 1000}");
  }

  private static List<Path> files(String below) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve(below))) {
      return new ArrayList<>(files.filter(Files::isRegularFile).toList());
    }
  }
}
