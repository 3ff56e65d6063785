package dev.sluice.common.region;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A register in a folder of one machine, for local runs: a file for each stream, replaced as a
 * whole, under a lock that all processes of the machine respect.
 */
public final class FileRegister implements RegionRegister {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** File locks are of the process: these keep its threads apart. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path folder;

  private FileRegister(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** A register in a folder, which {@link #prepare} makes. */
  public static FileRegister in(Path folder) {
    return new FileRegister(folder);
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public Optional<ActiveRegion> read(String stream) throws IOException {
    return Optional.ofNullable(current(stream));
  }

  @Override
  public ActiveRegion change(long epoch, RegionChange change) throws IOException {
    Path lockFile = file(change.stream, ".lock");
    ReentrantLock threads = THREADS.computeIfAbsent(lockFile, path -> new ReentrantLock());
    threads.lock();
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock processes = channel.lock()) {
      ActiveRegion current = current(change.stream);
      if (!processes.isValid() || (current == null ? 0 : current.epoch()) != epoch) {
        throw new StaleEpochException(change.stream, epoch, current);
      }
      ActiveRegion next = change.after(epoch, UUID.randomUUID().toString());
      replace(next);
      return next;
    } finally {
      threads.unlock();
    }
  }

  private @Nullable ActiveRegion current(String stream) throws IOException {
    try {
      return parse(JSON.readTree(Files.readAllBytes(file(stream, ".json"))));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void replace(ActiveRegion next) throws IOException {
    Path part = file(next.stream(), ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(format(next)));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(part, file(next.stream(), ".json"), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private Path file(String stream, String suffix) {
    return folder.resolve(URLEncoder.encode(stream, StandardCharsets.UTF_8) + suffix);
  }

  private static ObjectNode format(ActiveRegion region) {
    return JSON.createObjectNode()
        .put("stream", region.stream())
        .put("region", region.region())
        .put("epoch", region.epoch())
        .put("state", region.state().name())
        .put("lease_ms", region.lease().toMillis())
        .put("changed_by", region.changedBy())
        .put("changed_at", region.changedAt().toString())
        .put("note", region.note())
        .put("change_id", region.changeId);
  }

  private static ActiveRegion parse(JsonNode json) throws IOException {
    try {
      return RegionChange.to(
              json.required("stream").asText(),
              json.required("region").asText(),
              RegionState.valueOf(json.required("state").asText()),
              json.required("changed_by").asText(),
              Instant.parse(json.required("changed_at").asText()))
          .lease(Duration.ofMillis(json.required("lease_ms").asLong()))
          .note(json.required("note").asText())
          .after(json.required("epoch").asLong() - 1, json.required("change_id").asText());
    } catch (RuntimeException e) {
      throw new IOException("Cannot read the register: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {}
}
