/** Whether the stream of a Region is fit for use, judged from outside of that Region. */
@NullMarked
package dev.sluice.replication.health;

import org.jspecify.annotations.NullMarked;
