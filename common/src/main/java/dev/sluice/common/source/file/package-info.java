/** Whole objects of any file system that Flink reads, as records. */
@NullMarked
package dev.sluice.common.source.file;

import org.jspecify.annotations.NullMarked;
