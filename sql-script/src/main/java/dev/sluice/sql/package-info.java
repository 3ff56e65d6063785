/** Flink SQL scripts: taken apart, filled with variables, checked as a whole, planned. */
@NullMarked
package dev.sluice.sql;

import org.jspecify.annotations.NullMarked;
