/** Real servers, faults and ledgers for tests of Flink jobs. */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
