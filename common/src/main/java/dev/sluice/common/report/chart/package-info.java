/** Charts of reports as inline SVG, each drawn for the width of a desktop and of a phone. */
@NullMarked
package dev.sluice.common.report.chart;

import org.jspecify.annotations.NullMarked;
