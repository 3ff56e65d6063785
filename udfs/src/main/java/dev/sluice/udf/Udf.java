package dev.sluice.udf;

import java.util.function.Supplier;
import org.apache.flink.table.functions.UserDefinedFunction;

/** An entry of {@link UdfRegistry}. Immutable. */
public final class Udf {
  private final String name;
  private final String signature;
  private final String gives;
  private final Supplier<UserDefinedFunction> function;

  Udf(String name, String signature, String gives, Supplier<UserDefinedFunction> function) {
    this.name = name;
    this.signature = signature;
    this.gives = gives;
    this.function = function;
  }

  /** Name in SQL, in upper case. */
  public String name() {
    return name;
  }

  /** Arguments and type of the result, for people. */
  public String signature() {
    return signature;
  }

  /** What it gives, in a sentence for people. */
  public String gives() {
    return gives;
  }

  /** A new instance. */
  public UserDefinedFunction function() {
    return function.get();
  }

  /** The class, for {@code CREATE FUNCTION}. */
  public String className() {
    return function().getClass().getName();
  }
}
