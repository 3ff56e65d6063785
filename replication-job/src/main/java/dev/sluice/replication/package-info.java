/** Copies Kinesis data streams from one Region to another, in order. */
@NullMarked
package dev.sluice.replication;

import org.jspecify.annotations.NullMarked;
