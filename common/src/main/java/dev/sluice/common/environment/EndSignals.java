package dev.sluice.common.environment;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a local run of SIGINT (Ctrl-C) and SIGTERM instead of letting the JVM end with them: once
 * it is ending, its shutdown hooks run all at once, and there is no order in which a job could
 * still finish what it has begun.
 *
 * <p>{@code sun.misc.Signal} is in every JDK (module {@code jdk.unsupported}), but the compiler
 * warns of it in a way that cannot be turned off; so it is called by reflection. Where a signal
 * cannot be had ({@code java -Xrs}, a shell that ignores it), it does what it did before.
 */
final class EndSignals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndSignals.class);
  private static final List<String> NAMES = List.of("INT", "TERM");
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  /** Signals that are handled here, each with what handled it before. */
  private final Map<Object, Object> replaced = new LinkedHashMap<>();

  private EndSignals() {}

  /**
   * @param onSignal gets the number of the signal, 2 or 15, in a thread of its own, each time
   */
  static EndSignals handle(IntConsumer onSignal) {
    EndSignals signals = new EndSignals();
    for (String name : NAMES) {
      try {
        Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
        signals.replaced.put(signal, replace(signal, handler(onSignal)));
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        LOG.info("Signal {} ends this process at once: {}", name, e.toString());
      }
    }
    return signals;
  }

  private static Object handler(IntConsumer onSignal) throws ReflectiveOperationException {
    Method number = Class.forName(SIGNAL).getMethod("getNumber");
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle":
              onSignal.accept((int) number.invoke(arguments[0]));
              return null;
            case "equals":
              return proxy == arguments[0];
            case "hashCode":
              return System.identityHashCode(proxy);
            default:
              return "handler of " + onSignal;
          }
        };
    return Proxy.newProxyInstance(
        EndSignals.class.getClassLoader(), new Class<?>[] {Class.forName(HANDLER)}, calls);
  }

  private static Object replace(Object signal, @Nullable Object handler)
      throws ReflectiveOperationException {
    try {
      return Class.forName(SIGNAL)
          .getMethod("handle", Class.forName(SIGNAL), Class.forName(HANDLER))
          .invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        throw (IllegalArgumentException) e.getCause();
      }
      throw e;
    }
  }

  /** From here on signals do what they did before. */
  @Override
  public void close() {
    replaced.forEach(
        (signal, before) -> {
          try {
            Object ignored = replace(signal, before);
            LOG.debug("Signal {} is no longer handled by {}", signal, ignored);
          } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn("Signal {} keeps its handler", signal, e);
          }
        });
    replaced.clear();
  }
}
