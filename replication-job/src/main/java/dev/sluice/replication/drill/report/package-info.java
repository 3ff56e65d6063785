/** The page of a failover drill: what happened, when, in which Region, and what it cost. */
@NullMarked
package dev.sluice.replication.drill.report;

import org.jspecify.annotations.NullMarked;
