/** Keeps the latest price of each ticker in a DynamoDB table. */
@NullMarked
package dev.sluice.prices;

import org.jspecify.annotations.NullMarked;
