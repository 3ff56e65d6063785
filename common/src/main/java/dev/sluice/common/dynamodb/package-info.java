/** Tables of DynamoDB, by the AWS SDK. */
@NullMarked
package dev.sluice.common.dynamodb;

import org.jspecify.annotations.NullMarked;
