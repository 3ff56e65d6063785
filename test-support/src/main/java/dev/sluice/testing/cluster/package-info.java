/** A real Flink cluster of several processes, and its REST interface. */
@NullMarked
package dev.sluice.testing.cluster;

import org.jspecify.annotations.NullMarked;
