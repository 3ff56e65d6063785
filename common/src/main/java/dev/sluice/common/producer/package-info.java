/** A producer that follows the active Region of a stream and keeps what it cannot send. */
@NullMarked
package dev.sluice.common.producer;

import org.jspecify.annotations.NullMarked;
