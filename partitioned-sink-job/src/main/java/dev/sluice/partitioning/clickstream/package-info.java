/** Made-up events of a web shop's visitors, for embedded defaults, tests and benchmarks. */
@NullMarked
package dev.sluice.partitioning.clickstream;

import org.jspecify.annotations.NullMarked;
