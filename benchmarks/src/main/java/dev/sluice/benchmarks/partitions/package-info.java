/** Compares sinks that write each record below the prefix of its partition. */
@NullMarked
package dev.sluice.benchmarks.partitions;

import org.jspecify.annotations.NullMarked;
