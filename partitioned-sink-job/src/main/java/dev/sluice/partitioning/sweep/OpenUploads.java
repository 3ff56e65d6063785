package dev.sluice.partitioning.sweep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.TemporaryClassLoaderContext;

/**
 * The open multipart uploads below a folder in S3.
 *
 * <p>Flink's file systems can begin and complete an upload, but neither list nor abort one. So this
 * goes through the S3A of Flink's own plugin, which has its credentials, endpoint and retries from
 * the same configuration as the job. S3A is in the class loader of the plugin: it is called by
 * reflection, by methods that are public. One thread.
 */
public final class OpenUploads {
  private final ClassLoader plugin;
  private final Object s3a;
  private final String prefix;

  private OpenUploads(FileSystem fileSystem, String prefix) throws IOException {
    this.plugin = fileSystem.getClass().getClassLoader();
    this.s3a = call(fileSystem.getClass().getName(), fileSystem, "getHadoopFileSystem");
    this.prefix = prefix;
  }

  /**
   * The uploads below a folder, whoever began them.
   *
   * @param folder in S3; a bucket alone means all of it
   * @param flink has Flink's keys for S3
   * @throws IOException if no plugin serves the folder, or it is not flink-s3-fs-hadoop
   */
  public static OpenUploads below(Path folder, Configuration flink, PluginManager plugins)
      throws IOException {
    Iterator<FileSystemFactory> factories = plugins.load(FileSystemFactory.class);
    while (factories.hasNext()) {
      FileSystemFactory factory = factories.next();
      if (factory.getScheme().equals(folder.toUri().getScheme())) {
        return of(factory, folder, flink);
      }
    }
    throw new IOException(
        "Cannot find open uploads below '"
            + folder
            + "': none of the plugins in FLINK_PLUGINS_DIR serves it");
  }

  private static OpenUploads of(FileSystemFactory factory, Path folder, Configuration flink)
      throws IOException {
    ClassLoader loader = factory.getClassLoader();
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(loader)) {
      factory.configure(flink);
      return new OpenUploads(factory.create(folder.toUri()), prefix(folder));
    }
  }

  /** With a slash at its end, or else it would match the folder's neighbours, too. */
  private static String prefix(Path folder) {
    String key = folder.toUri().getPath().replaceFirst("^/", "");
    return key.isEmpty() || key.endsWith("/") ? key : key + "/";
  }

  /** All that are open now. */
  public List<OpenUpload> list() throws IOException {
    String iterator = "org.apache.hadoop.fs.RemoteIterator";
    String upload = "com.amazonaws.services.s3.model.MultipartUpload";
    List<OpenUpload> uploads = new ArrayList<>();
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
      Object found = call("org.apache.hadoop.fs.s3a.S3AFileSystem", s3a, "listUploads", prefix);
      while ((Boolean) call(iterator, found, "hasNext")) {
        Object next = call(iterator, found, "next");
        uploads.add(
            new OpenUpload(
                (String) call(upload, next, "getKey"),
                (String) call(upload, next, "getUploadId"),
                begun((Date) call(upload, next, "getInitiated"))));
      }
    }
    return uploads;
  }

  @SuppressWarnings("JavaUtilDate") // of the AWS SDK
  private static Instant begun(Date initiated) {
    return initiated.toInstant();
  }

  /**
   * Aborts an upload, and frees what its parts take.
   *
   * @return false if it is not there any more, so that it was completed or aborted by another
   */
  public boolean abort(OpenUpload upload) throws IOException {
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
      Object operations =
          call("org.apache.hadoop.fs.s3a.S3AFileSystem", s3a, "getWriteOperationHelper");
      call(
          "org.apache.hadoop.fs.s3a.WriteOperationHelper",
          operations,
          "abortMultipartCommit",
          upload.key,
          upload.id);
      return true;
    } catch (IOException e) {
      if (ExceptionUtils.findThrowable(e, FileNotFoundException.class).isPresent()) {
        return false;
      }
      throw e;
    }
  }

  private Object call(String type, Object target, String method, String... arguments)
      throws IOException {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    try {
      return Class.forName(type, true, plugin)
          .getMethod(method, types)
          .invoke(target, (Object[]) arguments);
    } catch (InvocationTargetException e) {
      ExceptionUtils.rethrowIOException(e.getCause());
      throw new IllegalStateException("Always thrown above", e);
    } catch (ReflectiveOperationException e) {
      throw new IOException(
          "Cannot list or abort uploads: the file system must be that of flink-s3-fs-hadoop, but"
              + " '"
              + target.getClass().getName()
              + "' is not",
          e);
    }
  }
}
