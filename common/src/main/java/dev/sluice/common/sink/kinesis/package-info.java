/** A sink for Kinesis data streams that keeps the order of each partition key. */
@NullMarked
package dev.sluice.common.sink.kinesis;

import org.jspecify.annotations.NullMarked;
