/** What a finished run of the partitioned sink did, on one page and in a few lines. */
@NullMarked
package dev.sluice.partitioning.report;

import org.jspecify.annotations.NullMarked;
