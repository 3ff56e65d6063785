/** The replicator against a loop over the AWS SDK, and against the stock connector. */
@NullMarked
package dev.sluice.benchmarks.replication;

import org.jspecify.annotations.NullMarked;
