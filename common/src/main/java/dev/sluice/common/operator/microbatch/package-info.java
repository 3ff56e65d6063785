/** Applies a function to small batches of a stream, without holding state and without loss. */
@NullMarked
package dev.sluice.common.operator.microbatch;

import org.jspecify.annotations.NullMarked;
