/** Classifies images in files with a PyTorch model, in batches, exactly once. */
@NullMarked
package dev.sluice.images;

import org.jspecify.annotations.NullMarked;
