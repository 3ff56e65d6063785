package dev.sluice.partitioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * The objects of dead letters below a folder, and which of them were sent through already.
 *
 * <p>A redrive writes {@code _redriven/NAME.began.json} with the objects that it reads before it
 * reads them, and {@code NAME.ended.json} when all that came of them is finished. So one that did
 * not end is known, too. Such files count for the folder that they lie in: those of folders above
 * and below are read as well. Names that begin with {@code _} are no input.
 */
final class RedriveBook {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "_redriven";
  private static final String BEGAN = ".began.json";
  private static final String ENDED = ".ended.json";

  private final Path folder;
  private final FileSystem files;
  private final Collection<String> suffixes;
  private final Set<String> objects = new TreeSet<>();
  private final Set<String> done = new HashSet<>();
  private final Map<String, Set<String>> begun = new TreeMap<>();

  private RedriveBook(Path folder, FileSystem files, Collection<String> suffixes) {
    this.folder = folder;
    this.files = files;
    this.suffixes = suffixes;
  }

  /**
   * Looks below an input.
   *
   * @param input a folder, or one object
   * @param suffixes of objects that count, in any case; none for all
   */
  static RedriveBook open(String input, Collection<String> suffixes) throws IOException {
    Path path = new Path(input);
    FileSystem files = path.getFileSystem();
    path = path.makeQualified(files);
    boolean isFolder = files.getFileStatus(path).isDir();
    RedriveBook book = new RedriveBook(isFolder ? path : path.getParent(), files, suffixes);
    if (isFolder) {
      book.list(path);
    } else {
      book.objects.add(path.toString());
    }
    for (Path above = book.folder; above != null; above = above.getParent()) {
      book.readEntries(above);
    }
    return book;
  }

  /** Those that no redrive before has read to its end. */
  Set<String> todo() {
    Set<String> rest = new TreeSet<>(objects);
    rest.removeAll(done);
    return rest;
  }

  Set<String> objects() {
    return objects;
  }

  /** Files of redrives that began with some of these objects and have not ended. */
  Set<String> unended() {
    Set<String> concerned = new TreeSet<>();
    begun.forEach(
        (file, reads) -> {
          if (!Collections.disjoint(reads, objects)) {
            concerned.add(file);
          }
        });
    return concerned;
  }

  /**
   * Notes what is about to be read.
   *
   * @return what {@link #end} wants
   */
  String begin(Collection<String> reads) throws IOException {
    String time = Instant.now().toString().replaceAll("[^0-9TZ]", "-");
    String name = time + "-" + UUID.randomUUID().toString().substring(0, 8);
    ObjectNode entry = JSON.createObjectNode().put("began", Instant.now().toString());
    ArrayNode named = entry.putArray("objects");
    int below = new Path(folder, "x").toString().length() - 1;
    reads.forEach(object -> named.add(object.substring(below)));
    write(name + BEGAN, entry);
    return name;
  }

  void end(String name) throws IOException {
    write(name + ENDED, JSON.createObjectNode().put("ended", Instant.now().toString()));
  }

  private void write(String name, JsonNode content) throws IOException {
    Path file = new Path(new Path(folder, FOLDER), name);
    try (OutputStream out = files.create(file, WriteMode.NO_OVERWRITE)) {
      out.write(JSON.writeValueAsBytes(content));
    }
  }

  private void list(Path below) throws IOException {
    for (FileStatus status : entries(below)) {
      String name = status.getPath().getName();
      Path path = new Path(below + "/" + name);
      if (name.equals(FOLDER) && !below.equals(folder)) {
        readEntries(below);
      }
      boolean hidden = name.startsWith(".") || name.startsWith("_");
      if (status.isDir() && !hidden) {
        list(path);
      } else if (!hidden && hasSuffix(name)) {
        objects.add(path.toString());
      }
    }
  }

  private boolean hasSuffix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return suffixes.isEmpty()
        || suffixes.stream().anyMatch(suffix -> lower.endsWith(suffix.toLowerCase(Locale.ROOT)));
  }

  private FileStatus[] entries(Path below) throws IOException {
    FileStatus[] entries = files.listStatus(below);
    return entries == null ? new FileStatus[0] : entries;
  }

  /** Of the redrives whose folder this is. */
  private void readEntries(Path of) throws IOException {
    Path place = new Path(of, FOLDER);
    if (!files.exists(place)) {
      return;
    }
    Set<String> names = new TreeSet<>();
    for (FileStatus status : entries(place)) {
      names.add(status.getPath().getName());
    }
    for (String name : names) {
      if (name.endsWith(BEGAN)) {
        Path file = new Path(place, name);
        boolean ended = names.contains(name.replace(BEGAN, ENDED));
        readEntry(of, file, ended);
      }
    }
  }

  private void readEntry(Path of, Path file, boolean ended) throws IOException {
    Set<String> reads = new HashSet<>();
    for (JsonNode object : JSON.readTree(ConfigurationFile.read(file.toString())).path("objects")) {
      reads.add(new Path(of + "/" + object.asText()).toString());
    }
    if (ended) {
      done.addAll(reads);
    } else {
      begun.put(file.toString(), reads);
    }
  }
}
