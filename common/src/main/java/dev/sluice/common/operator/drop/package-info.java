/** Finds falls of a price within a time, in constant time per row. */
@NullMarked
package dev.sluice.common.operator.drop;

import org.jspecify.annotations.NullMarked;
