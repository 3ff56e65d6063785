/** Records made up as they are asked for: for embedded defaults, tests and benchmarks. */
@NullMarked
package dev.sluice.common.source.generated;

import org.jspecify.annotations.NullMarked;
