/** What a finished run did, on one page and in a few lines. */
@NullMarked
package dev.sluice.images.report;

import org.jspecify.annotations.NullMarked;
