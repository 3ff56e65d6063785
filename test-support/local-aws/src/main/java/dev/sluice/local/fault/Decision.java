package dev.sluice.local.fault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was decided on a request: its fault, or none. Immutable. */
public final class Decision {
  private final int number;
  private final AwsRequest request;
  private final @Nullable Fault fault;

  Decision(int number, AwsRequest request, @Nullable Fault fault) {
    this.number = number;
    this.request = request;
    this.fault = fault;
  }

  /** Place in the sequence of requests, from 0. */
  public int number() {
    return number;
  }

  public String operation() {
    return request.operation;
  }

  public String key() {
    return request.key;
  }

  /** Name of the rule that took the request; empty if it was forwarded untouched. */
  public Optional<String> rule() {
    return Optional.ofNullable(fault).map(taker -> taker.rule().name);
  }

  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public String toString() {
    return "#" + number + " " + operation() + " '" + key() + "': " + rule().orElse("forwarded");
  }
}
