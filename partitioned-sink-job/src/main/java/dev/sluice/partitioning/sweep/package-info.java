/** Clean-up of multipart uploads that nobody will complete. */
@NullMarked
package dev.sluice.partitioning.sweep;

import org.jspecify.annotations.NullMarked;
