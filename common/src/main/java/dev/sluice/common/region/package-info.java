/** Which Region of a replicated stream is the active one, and since which epoch. */
@NullMarked
package dev.sluice.common.region;

import org.jspecify.annotations.NullMarked;
