/** Tests of Flink SQL scripts as folders: rows in, rows out, on an embedded cluster. */
@NullMarked
package dev.sluice.testing.sql;

import org.jspecify.annotations.NullMarked;
