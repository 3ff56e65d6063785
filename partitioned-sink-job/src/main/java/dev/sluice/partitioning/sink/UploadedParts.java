package dev.sluice.partitioning.sink;

/** What of an object is in the file system before the object is complete. Immutable. */
final class UploadedParts {
  final String path;
  final int version;
  final byte[] resumable;
  final long records;
  final long rowBytes;

  /**
   * Something to resume.
   *
   * @param path of the object, with its scheme
   * @param version of the file system's serializer of what is resumable
   * @param resumable as that serializer writes it
   * @param records in the parts
   * @param rowBytes their bytes before compression
   */
  UploadedParts(String path, int version, byte[] resumable, long records, long rowBytes) {
    this.path = path;
    this.version = version;
    this.resumable = resumable;
    this.records = records;
    this.rowBytes = rowBytes;
  }
}
