package dev.sluice.testing.sql;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a method once for each {@link SqlTest} in a folder and below.
 *
 * <pre>{@code
 * @SqlTests("src/test/sql")
 * void givesWhatItsFilesExpect(SqlTest test) throws Exception {
 *   test.run();
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SqlTestExtension.class)
public @interface SqlTests {
  /** A folder, relative to the module. */
  String value();
}
