/** Prefixes of object names, after the grammar of Amazon Data Firehose. */
@NullMarked
package dev.sluice.partitioning.prefix;

import org.jspecify.annotations.NullMarked;
