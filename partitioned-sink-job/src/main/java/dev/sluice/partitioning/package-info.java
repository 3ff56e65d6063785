/** A stream into files with dynamic partitions: the job and its dataflow. */
@NullMarked
package dev.sluice.partitioning;

import org.jspecify.annotations.NullMarked;
