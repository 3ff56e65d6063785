/** Loads a PyTorch model once per process and runs it, on DJL. */
@NullMarked
package dev.sluice.images.inference;

import org.jspecify.annotations.NullMarked;
