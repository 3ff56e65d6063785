/** What the queries of the sample have written, on one page and in a few lines. */
@NullMarked
package dev.sluice.analytics.report;

import org.jspecify.annotations.NullMarked;
