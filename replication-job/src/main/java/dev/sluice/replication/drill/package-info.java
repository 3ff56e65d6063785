/**
 * A drill: the loss of a Region and the way back, played with everything that a real one needs, and
 * checked record by record.
 */
@NullMarked
package dev.sluice.replication.drill;

import org.jspecify.annotations.NullMarked;
