/** Late rows: which they are, also after a restart, and a table of SQL that tells. */
@NullMarked
package dev.sluice.common.operator.late;

import org.jspecify.annotations.NullMarked;
