/** Records of Kinesis data streams, unchanged, by the connector of Flink 1.x. */
@org.jspecify.annotations.NullMarked
package dev.sluice.common.source.kinesis;
