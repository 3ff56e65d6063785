/** Benchmarks: main classes that print what they measured. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
