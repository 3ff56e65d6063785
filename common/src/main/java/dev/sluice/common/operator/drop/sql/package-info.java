/** The search for drops as a table of SQL: prices go in, those that complete a drop come out. */
@NullMarked
package dev.sluice.common.operator.drop.sql;

import org.jspecify.annotations.NullMarked;
