/** An operator as a table of SQL: rows go in and come out in one job, and nothing is stored. */
@NullMarked
package dev.sluice.common.operator.table;

import org.jspecify.annotations.NullMarked;
