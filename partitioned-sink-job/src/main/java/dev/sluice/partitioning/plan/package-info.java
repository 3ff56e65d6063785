/** What a configuration would make of a stream, told from a sample before anything runs. */
@NullMarked
package dev.sluice.partitioning.plan;

import org.jspecify.annotations.NullMarked;
