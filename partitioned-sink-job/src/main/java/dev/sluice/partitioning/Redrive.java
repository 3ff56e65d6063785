package dev.sluice.partitioning;

import static dev.sluice.partitioning.PartitionedSinkOptions.INPUT_PATH;
import static dev.sluice.partitioning.PartitionedSinkOptions.INPUT_SUFFIXES;
import static dev.sluice.partitioning.PartitionedSinkOptions.REDRIVE_REPEAT;

import dev.sluice.common.config.JobArguments;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends the records of dead letters through the job, those of each object once: objects that an
 * earlier redrive has read are left out, and if one has not ended, nothing is read.
 */
final class Redrive {
  private final JobArguments arguments;
  private final List<String> inputs;
  private final PrintStream out;

  Redrive(JobArguments arguments, List<String> inputs, PrintStream out) {
    this.arguments = arguments;
    this.inputs = inputs;
    this.out = out;
  }

  /** The job, from these objects alone. */
  interface Job {
    /** Returns when everything is finished. */
    void run(List<String> objects) throws Exception;
  }

  void run(Job job) throws Exception {
    boolean repeat = arguments.get(REDRIVE_REPEAT);
    List<RedriveBook> books = new ArrayList<>();
    for (String input : inputs) {
      books.add(RedriveBook.open(input, arguments.get(INPUT_SUFFIXES)));
    }
    List<String> objects = new ArrayList<>();
    int before = 0;
    for (RedriveBook book : books) {
      if (!repeat) {
        refuseUnended(book);
      }
      objects.addAll(repeat ? book.objects() : book.todo());
      before += book.objects().size();
    }
    before -= objects.size();
    if (before > 0) {
      out.println(
          before
              + " objects of dead letters were sent through before and are left out;"
              + " --redrive.repeat=true sends them again");
    }
    if (objects.isEmpty()) {
      out.println("There are no dead letters to send through below " + String.join(", ", inputs));
      return;
    }
    Map<RedriveBook, String> entries = begin(books, repeat);
    job.run(objects);
    for (Map.Entry<RedriveBook, String> entry : entries.entrySet()) {
      entry.getKey().end(entry.getValue());
    }
  }

  private static Map<RedriveBook, String> begin(List<RedriveBook> books, boolean repeat)
      throws IOException {
    Map<RedriveBook, String> entries = new LinkedHashMap<>();
    for (RedriveBook book : books) {
      entries.put(book, book.begin(repeat ? book.objects() : book.todo()));
    }
    return entries;
  }

  private void refuseUnended(RedriveBook book) {
    if (!book.unended().isEmpty()) {
      arguments.check(
          problems ->
              problems.require(
                  false,
                  INPUT_PATH,
                  "has a redrive that began and has not ended ('"
                      + String.join("', '", book.unended())
                      + "'), so some of these records may have been written: look below its output,"
                      + " then delete that file, or send all through again with"
                      + " --redrive.repeat=true"));
    }
  }
}
