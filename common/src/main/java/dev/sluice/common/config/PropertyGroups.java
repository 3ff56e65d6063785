package dev.sluice.common.config;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/**
 * Property groups: {@code [{"PropertyGroupId": "batch", "PropertyMap": {"size": "16"}}]} sets
 * {@code batch.size}.
 *
 * <p>One form for two places: Amazon Managed Service for Apache Flink puts an application's groups
 * into {@link #MANAGED_FILE}, and {@code --config} names such a file anywhere. Groups whose name
 * begins with {@code kinesis.analytics} tell the service how to run the application; they are no
 * options of the job.
 */
final class PropertyGroups {
  /**
   * Where the managed service puts an application's properties; elsewhere there is no such file.
   */
  static final java.nio.file.Path MANAGED_FILE =
      java.nio.file.Path.of("/etc/flink/application_properties.json");

  private static final String OF_THE_SERVICE = "kinesis.analytics";
  private static final String ID = "PropertyGroupId";
  private static final String MAP = "PropertyMap";
  private static final String FORM =
      "[{\"" + ID + "\": \"batch\", \"" + MAP + "\": {\"size\": \"16\"}}]";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RawOptions options = new RawOptions();
  private final String file;

  private PropertyGroups(String file) {
    this.file = file;
  }

  /** What the managed service gave to this application; nothing elsewhere. */
  static RawOptions ofManagedRuntime(java.nio.file.Path file) {
    if (!Files.exists(file)) {
      return new RawOptions();
    }
    PropertyGroups groups = new PropertyGroups("Property groups '" + file + "'");
    try {
      Map<String, Properties> found =
          new TreeMap<>(KinesisAnalyticsRuntime.getApplicationProperties(file.toString()));
      found.forEach(groups::addManaged);
    } catch (IOException | RuntimeException e) {
      // The library's message quotes the text that it could not read. Read once more to say where
      // the mistake is.
      groups.readTree(file.toUri().toString(), Origin::propertyGroup);
      if (groups.options.problems().isEmpty()) {
        groups.problem("must have the form " + FORM);
      }
    }
    return groups.options;
  }

  /**
   * @param location local path or URI of any file system that Flink reads
   */
  static RawOptions ofConfigFile(String location) {
    PropertyGroups groups = new PropertyGroups("Config file '" + location + "'");
    groups.readTree(location, id -> Origin.configFile(location));
    return groups.options;
  }

  private void addManaged(String id, Properties properties) {
    for (String name :
        new TreeMap<>(properties).keySet().stream().map(String::valueOf).toArray(String[]::new)) {
      add(id, name, properties.getProperty(name), Origin.propertyGroup(id));
    }
  }

  private void add(String id, String name, String text, Origin origin) {
    if (id.startsWith(OF_THE_SERVICE)) {
      return;
    }
    String key = id + "." + name;
    if (options.contains(key)) {
      options.problem(OptionProblem.ofOption(key, "is given twice (" + origin + ")"));
    }
    options.put(key, text, origin);
  }

  private void readTree(String location, Function<String, Origin> origin) {
    try (FSDataInputStream in = open(location)) {
      JsonNode root = JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (!root.isArray()) {
        problem("must have the form " + FORM);
        return;
      }
      int number = 0;
      for (JsonNode group : root) {
        number++;
        readGroup(group, number, origin);
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String rule =
          e.getOriginalMessage().startsWith("Duplicate field")
              ? "has a name twice"
              : "is not valid JSON";
      problem(
          at == null ? rule : rule + " at line " + at.getLineNr() + ", column " + at.getColumnNr());
    } catch (FileNotFoundException e) {
      problem("does not exist");
    } catch (IOException | IllegalArgumentException e) {
      problem("cannot be read: " + OptionProblem.cut(String.valueOf(e.getMessage())));
    }
  }

  private static FSDataInputStream open(String location) throws IOException {
    Path path = new Path(location);
    return path.getFileSystem().open(path);
  }

  private void readGroup(JsonNode group, int number, Function<String, Origin> origin) {
    JsonNode id = group.path(ID);
    JsonNode map = group.path(MAP);
    if (!id.isTextual() || !map.isObject()) {
      problem("must have the form " + FORM + ", but entry " + number + " has not");
      return;
    }
    map.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isTextual()) {
                add(
                    id.textValue(),
                    entry.getKey(),
                    entry.getValue().textValue(),
                    origin.apply(id.textValue()));
              } else {
                problem(
                    "must hold strings, but '"
                        + id.textValue()
                        + "."
                        + entry.getKey()
                        + "' is none: write it in quotes, the managed service takes nothing else");
              }
            });
  }

  private void problem(String rule) {
    options.problem(OptionProblem.ofInput(file + " " + rule));
  }
}
