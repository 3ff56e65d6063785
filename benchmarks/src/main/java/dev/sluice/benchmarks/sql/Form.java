package dev.sluice.benchmarks.sql;

/** A form of the drop alert. */
enum Form {
  OPERATOR("operator", ""),
  CORRECTED("SQL, corrected", "classpath:sql/drop_alert.sql"),
  POSTS("SQL of the posts", "classpath:sql/drop_alert_of_the_posts.sql");

  /** In tables. */
  final String title;

  final String script;

  Form(String title, String script) {
    this.title = title;
    this.script = script;
  }
}
