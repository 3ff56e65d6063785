package dev.sluice.sql;

import dev.sluice.sql.TableBinding.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;

/**
 * Statements of scripts in one table environment. DDL is executed, INSERTs are understood, planned
 * and kept: this class starts no job.
 *
 * <p>A rehearsal changes nothing outside of the environment: other catalogs are opened and read,
 * and what statements change in them stays in memory. For the thread of main() alone.
 */
public final class SqlSession {
  private static final String ALLOWED =
      "A script holds CREATE, DROP, ALTER, USE, LOAD, UNLOAD, SET, ADD JAR and INSERT";

  private final TableEnvironmentInternal tables;
  private final TableBinding binding;
  private final Secrets secrets;
  private final boolean rehearsal;
  private final List<ScriptProblem> problems = new ArrayList<>();
  private final List<SqlInsert> inserts = new ArrayList<>();

  /** Names of tables and views that could not be created: not found is no news about them. */
  private final Set<String> broken = new HashSet<>();

  private SqlSession(
      TableEnvironment tables, TableBinding binding, Secrets secrets, boolean rehearsal) {
    this.tables = (TableEnvironmentInternal) tables;
    this.binding = binding;
    this.secrets = secrets;
    this.rehearsal = rehearsal;
  }

  public static SqlSession in(TableEnvironment tables, TableBinding binding, Secrets secrets) {
    return new SqlSession(tables, binding, secrets, false);
  }

  /**
   * A session that changes nothing.
   *
   * @param tables an environment of its own, with no catalog yet but those in memory
   */
  public static SqlSession rehearsal(
      TableEnvironment tables, TableBinding binding, Secrets secrets) {
    for (String catalog : tables.listCatalogs()) {
      if (!(tables.getCatalog(catalog).orElse(null) instanceof GenericInMemoryCatalog)) {
        throw new IllegalArgumentException("Catalog '" + catalog + "' is not in memory");
      }
    }
    return new SqlSession(tables, binding, secrets, true);
  }

  /**
   * Executes and plans the statements in their order.
   *
   * @return the INSERTs
   * @throws InvalidScriptException with all mistakes; the environment is then of no use
   */
  public List<SqlInsert> run(List<ResolvedStatement> statements) throws InvalidScriptException {
    Set<String> sinks = SinkNames.of(statements);
    for (ResolvedStatement statement : statements) {
      run(statement, sinks);
    }
    if (!problems.isEmpty()) {
      throw new InvalidScriptException(problems);
    }
    return List.copyOf(inserts);
  }

  private void run(ResolvedStatement statement, Set<String> sinks) {
    Optional<ScriptProblem> hint = OptionsHint.find(statement.source());
    if (hint.isPresent()) {
      problems.add(hint.get());
      return;
    }
    try {
      List<Operation> operations = tables.getParser().parse(statement.sql());
      for (Operation operation : operations) {
        run(statement, operation, sinks);
      }
    } catch (RuntimeException e) { // Flink throws what it likes here; each is told

      tell(statement, FlinkMessage.of(e, secrets));
    }
  }

  private void run(ResolvedStatement statement, Operation operation, Set<String> sinks) {
    if (operation instanceof SinkModifyOperation && statement.source().isInsert()) {
      String plan = tables.explainInternal(List.of(operation));
      inserts.add(new SqlInsert(statement, (SinkModifyOperation) operation, plan));
    } else if (operation instanceof CreateTableOperation) {
      tables.executeInternal(bound((CreateTableOperation) operation, sinks));
    } else if (operation instanceof CreateCatalogOperation) {
      create((CreateCatalogOperation) operation);
    } else if (operation instanceof SetOperation) {
      set((SetOperation) operation);
    } else if (!isAllowed(statement, operation)) {
      throw new IllegalArgumentException(ALLOWED + ", and this is none of them");
    } else {
      tables.executeInternal(operation);
    }
  }

  private static boolean isAllowed(ResolvedStatement statement, Operation operation) {
    return !(operation instanceof ModifyOperation)
        && !(operation instanceof QueryOperation)
        && !(operation instanceof CreateTableASOperation)
        && !statement.source().beginsWith("ALTER", "CATALOG")
        && statement
            .source()
            .tokens()
            .get(0)
            .isOneOf("CREATE", "DROP", "ALTER", "USE", "LOAD", "UNLOAD", "ADD");
  }

  private Operation bound(CreateTableOperation create, Set<String> sinks) {
    String name = create.getTableIdentifier().getObjectName();
    Role role = sinks.contains(name.toLowerCase(Locale.ROOT)) ? Role.SINK : Role.SOURCE;
    CatalogTable table = binding.bind(name, role, create.getCatalogTable());
    if (!table.getOptions().containsKey("connector")) {
      throw new IllegalArgumentException("Table '" + name + "' has no 'connector' in WITH");
    }
    return new CreateTableOperation(
        create.getTableIdentifier(),
        table.copy(secrets.reveal(table.getOptions())),
        create.isIgnoreIfExists(),
        create.isTemporary());
  }

  @SuppressWarnings("deprecation") // the new way takes options, and not a catalog
  private void create(CreateCatalogOperation create) {
    String name = create.getCatalogName();
    Map<String, String> options = secrets.reveal(create.getProperties());
    if (!rehearsal) {
      tables.executeInternal(
          new CreateCatalogOperation(name, options, null, create.isIgnoreIfExists()));
    } else if (!create.isIgnoreIfExists() || tables.getCatalog(name).isEmpty()) {
      Catalog catalog =
          FactoryUtil.createCatalog(
              name, options, tables.getConfig(), EnvironmentParts.of(tables).classLoader());
      tables.registerCatalog(name, new RehearsedCatalog(name, catalog));
    }
  }

  private void set(SetOperation set) {
    String key = set.getKey().orElse("");
    if (!key.startsWith("table.")) {
      throw new IllegalArgumentException(
          "SET in a script is for 'table.…' alone: give '"
              + key
              + "' to the job as --flink."
              + key);
    }
    if (key.startsWith("table.plan.") || key.startsWith("table.exec.uid.")) {
      throw new IllegalArgumentException(
          "'" + key + "' is not for scripts: plans hold no options, and each operator has a uid");
    }
    tables.getConfig().set(key, set.getValue().orElse(""));
  }

  private void tell(ResolvedStatement statement, FlinkMessage message) {
    boolean follows =
        broken.stream()
            .anyMatch(name -> message.text.matches("(?s).*['`.]\\Q" + name + "\\E['`].*"));
    SinkNames.created(statement.source()).ifPresent(broken::add);
    if (!follows || problems.isEmpty()) {
      problems.add(statement.problem(message.line, message.column, message.text));
    }
  }

  /** The value of an option of Flink's tables, from SET in a script or from the environment. */
  public Optional<String> setting(String key) {
    return tables.getConfig().getOptional(ConfigOptions.key(key).stringType().noDefaultValue());
  }
}
