/**
 * Stock trades made from a seed, with what real streams have: skew, disorder, duplicates, drops.
 */
@NullMarked
package dev.sluice.common.source.generated.ticks;

import org.jspecify.annotations.NullMarked;
