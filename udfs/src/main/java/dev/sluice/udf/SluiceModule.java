package dev.sluice.udf;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** All functions as a module: {@code LOAD MODULE sluice}. Stateless. */
public final class SluiceModule implements Module {
  @Override
  public Set<String> listFunctions() {
    return UdfRegistry.all().stream()
        .map(udf -> udf.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return UdfRegistry.find(name).map(Udf::function);
  }
}
