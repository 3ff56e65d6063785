/** Sinks that write files, committed by checkpoints. */
@NullMarked
package dev.sluice.common.sink.file;

import org.jspecify.annotations.NullMarked;
