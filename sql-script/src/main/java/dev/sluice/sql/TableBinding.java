package dev.sluice.sql;

import org.apache.flink.table.catalog.CatalogTable;

/**
 * Gives a table its connector when the script creates it, so that scripts can name tables without
 * saying where they are, and no value is ever put into the text of a DDL statement.
 */
public interface TableBinding {
  /** Leaves tables as they are declared. */
  TableBinding NONE = (table, role, declared) -> declared;

  /** What the scripts do with a table. */
  enum Role {
    /** No INSERT goes into it. */
    SOURCE,
    /** An INSERT goes into it. */
    SINK
  }

  /**
   * The table to create.
   *
   * @param table its name, without catalog and database
   * @throws IllegalArgumentException with the rule that the table breaks
   */
  CatalogTable bind(String table, Role role, CatalogTable declared);
}
