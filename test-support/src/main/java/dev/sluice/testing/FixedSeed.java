package dev.sluice.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives jqwik's properties the seed of the system property {@value #PROPERTY}, so that a build
 * tries the same values each time. Without it, or where a property names a seed, nothing changes.
 */
public final class FixedSeed implements AroundPropertyHook {
  /** A whole number. */
  public static final String PROPERTY = "sluice.properties.seed";

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
    String seed = System.getProperty(PROPERTY, "");
    if (!seed.isEmpty() && context.attributes().seed().isEmpty()) {
      context.attributes().setSeed(seed);
    }
    return property.execute();
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
