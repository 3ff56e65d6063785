/** SQL through the job against SQL without it, and the drop alert in its three forms. */
@NullMarked
package dev.sluice.benchmarks.sql;

import org.jspecify.annotations.NullMarked;
