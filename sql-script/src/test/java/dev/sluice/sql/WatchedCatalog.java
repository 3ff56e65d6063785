package dev.sluice.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.factories.CatalogFactory;

/** Makes a catalog that, for Flink, is not in memory, and remembers each change of it. */
public final class WatchedCatalog implements CatalogFactory {
  /** What every catalog of type {@code watched} shows and changes. */
  static final ThreadLocal<GenericInMemoryCatalog> CONTENT = new ThreadLocal<>();

  static final ThreadLocal<List<String>> CHANGES = ThreadLocal.withInitial(ArrayList::new);

  @Override
  public Catalog createCatalog(Context context) {
    GenericInMemoryCatalog content = CONTENT.get();
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, arguments) -> {
              if (method.getName().matches("(create|drop|alter|rename).*")) {
                CHANGES.get().add(method.getName() + " " + arguments[0]);
              }
              try {
                return method.invoke(content, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public String factoryIdentifier() {
    return "watched";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
