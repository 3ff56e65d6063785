/** Parts that Flink jobs share: options, environment, sources, sinks, operators; knows no job. */
@NullMarked
package dev.sluice.common;

import org.jspecify.annotations.NullMarked;
