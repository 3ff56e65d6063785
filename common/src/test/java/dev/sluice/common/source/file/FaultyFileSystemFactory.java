package dev.sluice.common.source.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalDataInputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * {@code faulty:/folder/file}: local files, read with the fault that the name of the file asks for.
 *
 * <p>{@code cut-N-…} ends N streams in the middle, {@code reset-N-…} breaks N of them, {@code
 * timeout-N-…} lets them time out, {@code interrupt-N-…} also interrupts the reader, {@code
 * nobucket-N-…} misses the bucket, {@code forbidden-…} never opens.
 */
public final class FaultyFileSystemFactory implements FileSystemFactory {
  static final AtomicInteger OPENED = new AtomicInteger();

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem create(URI uri) {
    OPENED.set(0);
    return new FaultyFileSystem();
  }

  private static final class FaultyFileSystem extends LocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("faulty:/");
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      return super.getFileStatus(path);
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
      int opened = OPENED.incrementAndGet();
      String[] fault = path.getName().split("-", 3);
      if (fault[0].equals("forbidden")) {
        throw (IOException) new AccessDeniedException(path.toString()).initCause(new OfPlugin());
      }
      if (!Files.exists(java.nio.file.Path.of(path.getPath()))) {
        throw new FileNotFoundException(path.toString());
      }
      boolean faulty = fault.length > 2 && opened <= Integer.parseInt(fault[1]);
      return new FaultyStream(pathToFile(path), faulty ? fault[0] : "");
    }
  }

  /** As the client of a plugin throws: does not survive the way to the JobManager. */
  private static final class OfPlugin extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Object unknownThere = new Object();

    @Override
    public String getMessage() {
      return "Status Code: 403 " + unknownThere.getClass();
    }
  }

  private static final class FaultyStream extends LocalDataInputStream {
    private final String fault;
    private int left;

    FaultyStream(java.io.File file, String fault) throws IOException {
      super(file);
      this.fault = fault;
      this.left = (int) file.length() / 2;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (fault.isEmpty()) {
        // A few bytes at a time, as a network does.
        return super.read(buffer, offset, Math.min(length, 7));
      }
      if (left == 0 && fault.equals("reset")) {
        throw new IOException("Connection reset");
      }
      if (left == 0 && fault.equals("timeout")) {
        throw new SocketTimeoutException("Read timed out");
      }
      if (left == 0 && fault.equals("interrupt")) {
        Thread.currentThread().interrupt();
        throw new SocketTimeoutException("Read timed out");
      }
      if (left == 0 && fault.equals("nobucket")) {
        throw new IOException("NoSuchBucket: The specified bucket does not exist");
      }
      if (left == 0) {
        return -1;
      }
      int read = super.read(buffer, offset, Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
