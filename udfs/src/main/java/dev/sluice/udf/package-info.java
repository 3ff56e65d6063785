/** SQL functions for Flink; each also plain Java that needs no cluster. */
@NullMarked
package dev.sluice.udf;

import org.jspecify.annotations.NullMarked;
