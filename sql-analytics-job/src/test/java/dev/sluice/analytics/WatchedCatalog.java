package dev.sluice.analytics;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.factories.CatalogFactory;

/** Makes catalogs that, for Flink, are not in memory, and remembers each change of them. */
public final class WatchedCatalog implements CatalogFactory {
  static final List<String> CHANGES = new CopyOnWriteArrayList<>();

  @Override
  public Catalog createCatalog(Context context) {
    Catalog content = new GenericInMemoryCatalog(context.getName());
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, arguments) -> {
              if (method.getName().matches("(create|drop|alter|rename).*")) {
                CHANGES.add(method.getName() + " " + arguments[0]);
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
