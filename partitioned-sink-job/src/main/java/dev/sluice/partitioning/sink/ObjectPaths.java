package dev.sluice.partitioning.sink;

import java.util.UUID;
import org.apache.flink.core.fs.Path;

/** Names objects, and sees to it that none is outside of the root. Thread-safe. */
final class ObjectPaths {
  private final String root;
  private final ObjectNaming naming;

  ObjectPaths(Path root, ObjectNaming naming) {
    String text = root.toString();
    this.root = text.endsWith("/") ? text : text + "/";
    this.naming = naming;
  }

  /**
   * A new name for the object of a buffer.
   *
   * @return with the scheme of the root
   * @throws IllegalStateException if the naming gives a name that is not below the root
   */
  String name(PartitionBuffer buffer) {
    String name =
        naming.name(
            buffer.partition,
            buffer.oldestArrival,
            buffer.group.failed,
            UUID.randomUUID().toString());
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw escaped(name, "has a segment that is empty, '.' or '..'");
      }
    }
    // What the file system makes of it counts.
    if (!new Path(root + name).toString().equals(root + name)) {
      throw escaped(name, "becomes '" + new Path(root + name) + "'");
    }
    return root + name;
  }

  private IllegalStateException escaped(String name, String why) {
    return new IllegalStateException(
        "Name of an object must stay below '" + root + "', but '" + name + "' " + why);
  }
}
