/** Records to rows, rows to objects, and the names of objects. */
@NullMarked
package dev.sluice.partitioning.format;

import org.jspecify.annotations.NullMarked;
