package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String CANARY = "canary-7Zq";
  private static final JobOption<Secret> TOKEN =
      JobOption.ofSecret("model.token")
          .matching("[0-9]+", "must be digits")
          .describedAs("Opens the model.");
  private static final JobOption<Integer> PASSWORD_LENGTH =
      JobOption.ofInt("model.password").defaultTo(3);
  private static final List<JobOption<?>> OPTIONS = List.of(TOKEN, PASSWORD_LENGTH);

  @TempDir Path folder;

  @Test
  void showsNothingOfItself() {
    assertThat(new Secret(CANARY))
        .hasToString("******")
        .isEqualTo(new Secret(CANARY))
        .isNotEqualTo(new Secret("x"));
    assertThat(new Secret(CANARY).reveal()).isEqualTo(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--model.token=" + CANARY,
        "--model.pasword=" + CANARY,
        "--model.tokn=" + CANARY,
        "--model.password=" + CANARY,
        "--model.token " + CANARY,
        "--model.token= " + CANARY,
        "--model.tokn " + CANARY,
        "model.token=" + CANARY,
        "-model.token=" + CANARY,
        "--model.token=1 " + CANARY,
        "-- " + CANARY,
        "--=" + CANARY,
        "--flink.=" + CANARY,
        "--model.token=1 --model.token=" + CANARY,
      })
  void noMistakeOnTheCommandLineShowsASecret(String line) {
    Throwable thrown = catchThrowable(() -> JobArguments.parse(line.split(" "), OPTIONS));

    assertThat(thrown).isInstanceOf(InvalidOptionException.class);
    assertThat(stackTrace(thrown)).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'PropertyGroupId':'model','PropertyMap':{'token':'" + CANARY + "'}}]",
        "[{'PropertyGroupId':'model','PropertyMap':{'tokn':'" + CANARY + "'}}]",
        "[{'PropertyGroupId':'model','PropertyMap':{'token':" + CANARY + "}}]",
        "[{'PropertyGroupId':'model','PropertyMap':{'token':['" + CANARY + "']}}]",
        "[{'PropertyGroupId':'model','PropertyMap':{'token':'" + CANARY,
        "[{'PropertyGroupId':'model','PropertyMap':'" + CANARY + "'}]",
      })
  void noMistakeInAFileShowsASecret(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), json.replace('\'', '"'));

    Throwable fromConfig =
        catchThrowable(() -> JobArguments.parse(new String[] {"--config=" + file}, OPTIONS));
    Throwable fromService =
        catchThrowable(
            () ->
                new ArgumentsReader(OPTIONS, file)
                    .read(new String[0])
                    .build(arguments -> arguments));

    assertThat(stackTrace(fromConfig)).contains("InvalidOptionException").doesNotContain(CANARY);
    assertThat(stackTrace(fromService)).contains("InvalidOptionException").doesNotContain(CANARY);
  }

  @Test
  void noTableOrDescriptionShowsASecret() {
    List<JobOption<?>> options = List.of(TOKEN.defaultTo(new Secret("4711")));
    JobArguments arguments = JobArguments.parse(new String[] {"--model.token=0815"}, options);

    assertThat(arguments.toString()).contains("model.token=******").doesNotContain("0815");
    assertThat(OptionsTable.of(options).markdown() + OptionsTable.of(options).plain())
        .contains("******")
        .doesNotContain("4711");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3.access.key",
        "s3.access-key",
        "s3.secret-key",
        "fs.s3a.access.key",
        "fs.s3a.secret.key",
        "aws.accessKeyId",
        "aws.credentials.provider.basic.accesskeyid",
        "fs.s3a.session.token",
        "security.ssl.rest.key-password",
        "metrics.reporter.x.apikey",
        "s3.ACCESS.KEY"
      })
  void masksFlinkKeysThatHoldSecrets(String key) {
    Configuration configuration = new Configuration();
    configuration.setString(key, CANARY);
    configuration.setString("s3.endpoint", "http://127.0.0.1:1");

    assertThat(SensitiveKeys.describe(configuration))
        .contains("s3.endpoint=http")
        .contains(key + "=******")
        .doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3.endpoint",
        "execution.checkpointing.interval",
        "s3.path.style.access",
        "batch.size"
      })
  void showsWhatIsNoSecret(String key) {
    assertThat(SensitiveKeys.redact(key, "x")).isEqualTo("x");
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    for (Throwable part = thrown; part != null; part = part.getCause()) {
      new PrintWriter(text, true).println(part);
      for (Throwable suppressed : part.getSuppressed()) {
        new PrintWriter(text, true).println(suppressed);
      }
    }
    return text.toString();
  }
}
