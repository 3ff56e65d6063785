package dev.sluice.common.source.file;

import java.io.IOException;

/** Lists all objects of the input paths into a {@link Listing}. */
@FunctionalInterface
interface ObjectLister {
  void listInto(Listing listing) throws IOException;
}
