/**
 * Flink SQL from files: the job that runs scripts, and the connectors that it gives their tables.
 */
@NullMarked
package dev.sluice.analytics;

import org.jspecify.annotations.NullMarked;
