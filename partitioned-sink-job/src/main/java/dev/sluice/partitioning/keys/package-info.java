/** Partition keys from the content of records. */
@NullMarked
package dev.sluice.partitioning.keys;

import org.jspecify.annotations.NullMarked;
