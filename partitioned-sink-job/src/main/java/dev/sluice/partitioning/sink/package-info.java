/** Writes the records of many partitions into few objects, each record exactly once. */
@NullMarked
package dev.sluice.partitioning.sink;

import org.jspecify.annotations.NullMarked;
