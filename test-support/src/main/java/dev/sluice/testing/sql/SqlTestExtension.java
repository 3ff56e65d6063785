package dev.sluice.testing.sql;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives the tests of a folder to a method with {@link SqlTests}. Stateless. */
public final class SqlTestExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(SqlTests.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    SqlTests annotation = context.getRequiredTestMethod().getAnnotation(SqlTests.class);
    return SqlTest.below(Path.of(annotation.value())).stream().map(OneTest::new);
  }

  private static final class OneTest implements TestTemplateInvocationContext, ParameterResolver {
    private final SqlTest test;

    OneTest(SqlTest test) {
      this.test = test;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
      return test.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SqlTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return test;
    }
  }
}
