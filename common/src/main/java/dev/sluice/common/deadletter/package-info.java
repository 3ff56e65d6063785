/** What a job could not process, in one record form for all jobs. */
@NullMarked
package dev.sluice.common.deadletter;

import org.jspecify.annotations.NullMarked;
