/** What the image classification job costs against a bare loop and against a keyed window. */
@NullMarked
package dev.sluice.benchmarks.images;

import org.jspecify.annotations.NullMarked;
