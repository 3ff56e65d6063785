package dev.sluice.sql;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where scripts are: {@code classpath:sql/alerts.sql}, or a path or URI of any file system of
 * Flink's. Stateless.
 */
final class ScriptFiles {
  private static final String CLASSPATH = "classpath:";
  private static final String SUFFIX = ".sql";

  private ScriptFiles() {}

  /**
   * The location itself if it is a file; all {@code *.sql} below it, by path, if it is a folder.
   *
   * @throws FileNotFoundException if there is nothing, or no script in it
   */
  static List<String> list(String location) throws IOException {
    List<String> found =
        location.startsWith(CLASSPATH) ? listResources(location) : listFiles(new Path(location));
    if (found.isEmpty()) {
      throw new FileNotFoundException("There is no '*.sql' in it");
    }
    Collections.sort(found);
    return found;
  }

  static String read(String location) throws IOException {
    try (InputStream in = open(location)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A location as a script at another one names it. */
  static String relative(String base, String name) {
    if (name.contains(":") || name.startsWith("/")) {
      return name;
    }
    boolean resource = base.startsWith(CLASSPATH);
    String path = resource ? base.substring(CLASSPATH.length()) : base;
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return resource
        ? CLASSPATH + Paths.get(folder + name).normalize().toString().replace('\\', '/')
        : new Path(new Path(path).getParent(), name).toString();
  }

  private static InputStream open(String location) throws IOException {
    if (!location.startsWith(CLASSPATH)) {
      Path path = new Path(location);
      return path.getFileSystem().open(path);
    }
    URL url = resource(location).orElseThrow(ScriptFiles::missing);
    return url.openStream();
  }

  private static Optional<URL> resource(String location) {
    String name = location.substring(CLASSPATH.length());
    @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
    URL url = context == null ? null : context.getResource(name);
    return Optional.ofNullable(
        url == null ? ScriptFiles.class.getClassLoader().getResource(name) : url);
  }

  private static List<String> listFiles(Path path) throws IOException {
    FileSystem files = path.getFileSystem();
    FileStatus status = files.getFileStatus(path);
    if (!status.isDir()) {
      return new ArrayList<>(List.of(path.toString()));
    }
    List<String> found = new ArrayList<>();
    for (FileStatus entry : files.listStatus(path)) {
      String name = entry.getPath().getName();
      if (entry.isDir()) {
        found.addAll(listFiles(entry.getPath()));
      } else if (name.endsWith(SUFFIX)) {
        found.add(entry.getPath().toString());
      }
    }
    return found;
  }

  private static List<String> listResources(String location) throws IOException {
    URL url = resource(location).orElseThrow(ScriptFiles::missing);
    if (location.endsWith(SUFFIX)) {
      return new ArrayList<>(List.of(location));
    }
    String folder = location.endsWith("/") ? location : location + "/";
    if (url.getProtocol().equals("jar")) {
      return listJar((JarURLConnection) url.openConnection(), folder);
    }
    java.nio.file.Path root = Paths.get(uri(url));
    try (Stream<java.nio.file.Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .map(file -> folder + root.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toList());
    }
  }

  private static List<String> listJar(JarURLConnection jar, String folder) throws IOException {
    String prefix = folder.substring(CLASSPATH.length());
    return jar.getJarFile().stream()
        .map(java.util.zip.ZipEntry::getName)
        .filter(name -> name.startsWith(prefix) && name.endsWith(SUFFIX))
        .map(name -> CLASSPATH + name)
        .collect(Collectors.toList());
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("Cannot read '" + url + "'", e);
    }
  }

  private static FileNotFoundException missing() {
    return new FileNotFoundException("It does not exist");
  }
}
