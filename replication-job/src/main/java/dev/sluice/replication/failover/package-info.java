/** Moves the writing of a stream to another Region and back, and loses nothing of it. */
@NullMarked
package dev.sluice.replication.failover;

import org.jspecify.annotations.NullMarked;
