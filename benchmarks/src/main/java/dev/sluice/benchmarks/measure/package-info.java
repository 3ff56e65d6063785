/** Measures contestants in processes of their own, and writes down what came of it. */
@NullMarked
package dev.sluice.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
