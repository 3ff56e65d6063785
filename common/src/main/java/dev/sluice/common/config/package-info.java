/**
 * Options of jobs: declared once as {@link dev.sluice.common.config.JobOption}, read from all
 * places into {@link dev.sluice.common.config.JobArguments}, all mistakes reported together.
 */
@NullMarked
package dev.sluice.common.config;

import org.jspecify.annotations.NullMarked;
