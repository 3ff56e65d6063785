package dev.sluice.sql;

import java.net.URL;
import java.util.Set;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultImpl;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.operations.ExecutableOperation;
import org.apache.flink.table.resource.ResourceManager;
import org.jspecify.annotations.Nullable;

/**
 * What a table environment keeps to itself and shows to operations alone: the JARs of ADD JAR and
 * USING JAR, and the class loader that has them.
 */
final class EnvironmentParts implements ExecutableOperation {
  private @Nullable ResourceManager resources;

  private EnvironmentParts() {}

  static EnvironmentParts of(TableEnvironmentInternal tables) {
    EnvironmentParts parts = new EnvironmentParts();
    tables.executeInternal(parts);
    return parts;
  }

  /** JARs that statements have named, as files of this machine. */
  Set<URL> jars() {
    return resources().getLocalJarResources();
  }

  ClassLoader classLoader() {
    return resources().getUserClassLoader();
  }

  private ResourceManager resources() {
    if (resources == null) {
      throw new IllegalStateException("The table environment has executed nothing");
    }
    return resources;
  }

  @Override
  public TableResultInternal execute(Context context) {
    resources = context.getResourceManager();
    return TableResultImpl.TABLE_RESULT_OK;
  }

  @Override
  public String asSummaryString() {
    return "parts of the environment";
  }
}
