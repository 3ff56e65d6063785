package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What figures were taken on, as far as Linux tells. */
public final class Machine {
  private static final List<String> FLAGS =
      List.of("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "sve");

  private Machine() {}

  /** Processor, cores, vector instructions, memory, kernel, JDK: one Markdown list item each. */
  public static List<String> describe() throws IOException {
    return List.of(
        String.format(
            "processor: %s, %d cores, %s",
            cpuInfo("model name"), Runtime.getRuntime().availableProcessors(), flags()),
        String.format(
            Locale.ROOT,
            "memory: %.1f GiB; %s %s",
            memory(),
            System.getProperty("os.name"),
            System.getProperty("os.version")),
        String.format(
            "JDK: %s %s", System.getProperty("java.vm.name"), System.getProperty("java.version")));
  }

  /** One-minute load average. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String cpuInfo(String key) throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static String flags() throws IOException {
    List<String> all = List.of(cpuInfo("flags").split(" "));
    return FLAGS.stream().filter(all::contains).collect(Collectors.joining(" "));
  }

  private static double memory() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize()
        / Math.pow(2, 30);
  }
}
