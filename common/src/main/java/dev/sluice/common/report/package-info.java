/**
 * One-page reports of what a local run did: the frame of a page, its parts, and what they count.
 */
@NullMarked
package dev.sluice.common.report;

import org.jspecify.annotations.NullMarked;
