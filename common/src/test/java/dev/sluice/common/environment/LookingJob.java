package dev.sluice.common.environment;

import java.util.List;

/** A main() that only looks at its folders. */
final class LookingJob {
  static final String LOOKED = "looked at all folders";

  private LookingJob() {}

  public static void main(String[] args) throws Exception {
    CommandLine.run(
        args,
        LocalFoldersTest.ALL,
        arguments -> arguments,
        (arguments, settings) -> {
          new LocalFolders(arguments)
              .thereIs(LocalFoldersTest.INPUT, arguments.get(LocalFoldersTest.INPUT))
              .holdsNothing(
                  LocalFoldersTest.OUTPUT,
                  List.of(arguments.get(LocalFoldersTest.OUTPUT)),
                  "choose another folder")
              .check();
          System.out.println(LOOKED);
        });
  }
}
