package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.partitioning.sweep.OpenUpload;
import dev.sluice.partitioning.sweep.OpenUploads;
import dev.sluice.testing.Await;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.S3FileSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.core.plugin.PluginManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over a local S3 server through the real plugin, which has also begun the uploads. */
class SweepUploadsIT {
  private static final String BUCKET = "swept";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static LocalS3 s3;
  private static PluginManager plugins;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start().createBucket(BUCKET);
    S3FileSystem.initialize(s3.flinkConfiguration());
    plugins =
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(java.nio.file.Path.of("target/plugins")).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(new Configuration()));
  }

  @AfterAll
  static void stop() throws Exception {
    S3FileSystem.reset();
    s3.close();
  }

  @Test
  void abortsWhatIsOldBelowTheFolderAndNothingElse() throws Exception {
    begin("lake/a=1/old");
    begin("lake2/neighbour");
    Instant old = below("lake").list().get(0).begun();
    Await.until("the next second", LIMIT, () -> Instant.now().isAfter(old.plusSeconds(2)));
    begin("lake/a=1/young");
    Instant limit = below("lake").list().get(1).begun();

    int wouldBe = sweep("lake", limit, true);
    int before = s3.openMultipartUploads(BUCKET);
    int aborted = sweep("lake", limit, false);

    assertThat(wouldBe).isOne();
    assertThat(before).isEqualTo(3);
    assertThat(aborted).isOne();
    assertThat(keys("lake")).containsExactly("lake/a=1/young");
    assertThat(keys("lake2")).containsExactly("lake2/neighbour");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("lake/a=1/old")
        .contains("1 open uploads aborted, 1 younger ones kept, 0 had ended meanwhile");
  }

  @Test
  void anUploadThatEndedMeanwhileIsNoError() throws Exception {
    begin("ended/object");
    OpenUploads uploads = below("ended");
    OpenUpload upload = uploads.list().get(0);

    assertThat(uploads.abort(upload)).isTrue();
    assertThat(uploads.abort(upload)).isFalse();
  }

  @Test
  void otherFileSystemsAreAnErrorThatSaysSo() {
    assertThatThrownBy(
            () -> OpenUploads.below(new Path("file:///tmp/x"), new Configuration(), plugins))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none of the plugins in FLINK_PLUGINS_DIR serves it");
  }

  private static void begin(String key) throws IOException {
    Path path = new Path("s3://" + BUCKET + "/" + key);
    RecoverableFsDataOutputStream out = path.getFileSystem().createRecoverableWriter().open(path);
    out.write(new byte[100]);
    out.close(); // as a failure does: nothing is committed
  }

  private static OpenUploads below(String folder) throws IOException {
    return OpenUploads.below(
        new Path("s3://" + BUCKET + "/" + folder), s3.flinkConfiguration(), plugins);
  }

  private static List<String> keys(String folder) throws IOException {
    return below(folder).list().stream().map(OpenUpload::key).toList();
  }

  private int sweep(String folder, Instant limit, boolean dryRun) throws IOException {
    return SweepUploads.sweep(
        below(folder), limit, dryRun, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }
}
