package dev.sluice.common.sink.kinesis;

import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Gives the operator the mailbox of its task. */
final class OrderedPutFactory<T, O> extends AbstractStreamOperatorFactory<O>
    implements OneInputStreamOperatorFactory<T, O> {
  private static final long serialVersionUID = 1L;

  private final StreamClient.Factory client;
  private final OrderedKinesisSink.Encoder<T> encoder;
  private final OrderedKinesisSink.Report<T, O> report;
  private final OrderedKinesisSink.Describe<T> describe;
  private final PutSettings settings;
  private final String uid;
  private final KeySelector<T, String> key;

  OrderedPutFactory(
      OrderedKinesisSink.Builder<T> builder,
      OrderedKinesisSink.Report<T, O> report,
      KeySelector<T, String> key,
      String uid) {
    this.client = builder.client;
    this.encoder = builder.encoder;
    this.report = report;
    this.describe = builder.describe;
    this.settings = builder.settings;
    this.uid = uid;
    this.key = key;
    // It yields to its mailbox while it is full: nothing before it in a chain could bear that.
    chainingStrategy = ChainingStrategy.HEAD;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as declared by Flink
  public <S extends StreamOperator<O>> S createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    OrderedPutOperator<T, O> operator =
        new OrderedPutOperator<>(
            client,
            encoder,
            settings,
            new OrderedPutOperator.Words<>(report, describe, uid, key),
            parameters.getMailboxExecutor(),
            parameters.getProcessingTimeService());
    operator.setup(
        parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    return (S) operator;
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared by Flink
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return OrderedPutOperator.class;
  }
}
