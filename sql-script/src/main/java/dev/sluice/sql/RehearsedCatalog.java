package dev.sluice.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FunctionDefinitionFactory;

/**
 * Another catalog as scripts would leave it: reads see what is there, changes stay in memory, and
 * nothing of the other catalog is ever changed. For the thread of main() alone.
 */
final class RehearsedCatalog extends GenericInMemoryCatalog {
  private final Catalog real;

  /** Of the real catalog: no longer there for the scripts, or changed and in memory since. */
  private final Set<String> hiddenDatabases = new HashSet<>();

  private final Set<ObjectPath> hiddenTables = new HashSet<>();
  private final Set<ObjectPath> hiddenFunctions = new HashSet<>();

  RehearsedCatalog(String name, Catalog real) {
    super(name, real.getDefaultDatabase());
    this.real = real;
  }

  @Override
  public void open() {
    real.open();
    super.open();
  }

  @Override
  public void close() {
    super.close();
    real.close();
  }

  @Override
  public Optional<Factory> getFactory() {
    return real.getFactory();
  }

  @Override
  public Optional<FunctionDefinitionFactory> getFunctionDefinitionFactory() {
    return real.getFunctionDefinitionFactory();
  }

  @Override
  public List<String> listDatabases() {
    Set<String> names = new HashSet<>(super.listDatabases());
    real.listDatabases().stream()
        .filter(name -> !hiddenDatabases.contains(name))
        .forEach(names::add);
    return new ArrayList<>(names);
  }

  @Override
  public boolean databaseExists(String name) {
    return super.databaseExists(name) || isReal(name);
  }

  @Override
  public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
    return isReal(name) ? real.getDatabase(name) : super.getDatabase(name);
  }

  /** What a database says about itself is of no use to a rehearsal. */
  @Override
  public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
      throws DatabaseNotExistException {
    if (!databaseExists(name) && !ignoreIfNotExists) {
      throw new DatabaseNotExistException(getName(), name);
    }
  }

  @Override
  public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    if (!databaseExists(name)) {
      if (!ignoreIfNotExists) {
        throw new DatabaseNotExistException(getName(), name);
      }
      return;
    }
    if (!cascade && !(listTables(name).isEmpty() && listFunctions(name).isEmpty())) {
      throw new DatabaseNotEmptyException(getName(), name);
    }
    CatalogDatabase database = getDatabase(name);
    hiddenDatabases.add(name);
    try {
      super.createDatabase(name, database, true); // so that tables go that were made in it
    } catch (DatabaseAlreadyExistException e) {
      throw new IllegalStateException(e);
    }
    super.dropDatabase(name, true, true);
  }

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    Set<String> names = new HashSet<>(super.listTables(database));
    if (isReal(database)) {
      real.listTables(database).stream()
          .filter(table -> !hiddenTables.contains(new ObjectPath(database, table)))
          .forEach(names::add);
    }
    return new ArrayList<>(names);
  }

  @Override
  public boolean tableExists(ObjectPath path) {
    return super.tableExists(path) || isReal(path);
  }

  @Override
  public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
    return isReal(path) ? real.getTable(path) : super.getTable(path);
  }

  @Override
  public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
      throws TableNotExistException {
    take(path);
    super.alterTable(path, table, ignoreIfNotExists);
  }

  @Override
  public void renameTable(ObjectPath path, String name, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    take(path);
    super.renameTable(path, name, ignoreIfNotExists);
  }

  @Override
  public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    take(path);
    super.dropTable(path, ignoreIfNotExists);
  }

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath path)
      throws TableNotExistException, TableNotPartitionedException {
    return isReal(path) ? real.listPartitions(path) : super.listPartitions(path);
  }

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec spec)
      throws TableNotExistException, TableNotPartitionedException, PartitionSpecInvalidException {
    return isReal(path) ? real.listPartitions(path, spec) : super.listPartitions(path, spec);
  }

  @Override
  public void createPartition(
      ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignore)
      throws TableNotExistException,
          TableNotPartitionedException,
          PartitionSpecInvalidException,
          PartitionAlreadyExistsException {
    if (!isReal(path)) { // of real tables, partitions are not rehearsed
      super.createPartition(path, spec, partition, ignore);
    }
  }

  @Override
  public void dropPartition(ObjectPath path, CatalogPartitionSpec spec, boolean ignoreIfNotExists)
      throws PartitionNotExistException {
    if (!isReal(path)) {
      super.dropPartition(path, spec, ignoreIfNotExists);
    }
  }

  @Override
  public CatalogTableStatistics getTableStatistics(ObjectPath path) throws TableNotExistException {
    return isReal(path) ? real.getTableStatistics(path) : super.getTableStatistics(path);
  }

  @Override
  public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path)
      throws TableNotExistException {
    return isReal(path)
        ? real.getTableColumnStatistics(path)
        : super.getTableColumnStatistics(path);
  }

  @Override
  public List<String> listFunctions(String database) throws DatabaseNotExistException {
    Set<String> names = new HashSet<>(super.listFunctions(database));
    if (isReal(database)) {
      real.listFunctions(database).stream()
          .filter(name -> !hiddenFunctions.contains(lowerCase(new ObjectPath(database, name))))
          .forEach(names::add);
    }
    return new ArrayList<>(names);
  }

  @Override
  public boolean functionExists(ObjectPath path) {
    return super.functionExists(path) || isRealFunction(path);
  }

  @Override
  public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
    return isRealFunction(path) ? real.getFunction(path) : super.getFunction(path);
  }

  @Override
  public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists)
      throws FunctionNotExistException {
    takeFunction(path);
    super.alterFunction(path, function, ignoreIfNotExists);
  }

  @Override
  public void dropFunction(ObjectPath path, boolean ignoreIfNotExists)
      throws FunctionNotExistException {
    takeFunction(path);
    super.dropFunction(path, ignoreIfNotExists);
  }

  private boolean isReal(String database) {
    return !hiddenDatabases.contains(database) && real.databaseExists(database);
  }

  private boolean isReal(ObjectPath table) {
    return !hiddenTables.contains(table)
        && isReal(table.getDatabaseName())
        && real.tableExists(table);
  }

  private boolean isRealFunction(ObjectPath function) {
    return !hiddenFunctions.contains(lowerCase(function))
        && isReal(function.getDatabaseName())
        && real.functionExists(function);
  }

  /** From here on the table is in memory. */
  private void take(ObjectPath path) throws TableNotExistException {
    if (isReal(path)) {
      CatalogBaseTable table = real.getTable(path);
      hiddenTables.add(path);
      try {
        super.createTable(path, table, false);
      } catch (TableAlreadyExistException | DatabaseNotExistException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void takeFunction(ObjectPath path) throws FunctionNotExistException {
    if (isRealFunction(path)) {
      CatalogFunction function = real.getFunction(path);
      hiddenFunctions.add(lowerCase(path));
      try {
        super.createFunction(path, function, false);
      } catch (FunctionAlreadyExistException | DatabaseNotExistException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ObjectPath lowerCase(ObjectPath function) {
    return new ObjectPath(
        function.getDatabaseName(), function.getObjectName().toLowerCase(Locale.ROOT));
  }
}
