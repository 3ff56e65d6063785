/** A proxy that gives a client the bad days of a server: errors, delays, cuts, lost answers. */
@NullMarked
package dev.sluice.local.fault;

import org.jspecify.annotations.NullMarked;
