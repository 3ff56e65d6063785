/** From the bytes of an image file to the tensor that a model reads, within limits. */
@NullMarked
package dev.sluice.images.decoding;

import org.jspecify.annotations.NullMarked;
