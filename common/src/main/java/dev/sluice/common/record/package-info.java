/** Records as bytes, and what happens to them before they are parsed. */
@NullMarked
package dev.sluice.common.record;

import org.jspecify.annotations.NullMarked;
