package dev.sluice.partitioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The S3 destination of an Amazon Data Firehose stream as this job's options.
 *
 * <p>Takes the answer of {@code aws firehose describe-delivery-stream}, the input of {@code
 * create-delivery-stream}, or the destination alone. What this job cannot know from it is a mistake
 * that says which option to give: a Lambda function's code, for example. The schema in a Glue
 * catalogue is such a thing, too; the option that is missing then says so itself.
 */
final class FirehoseConfiguration {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DESTINATIONS =
      List.of("ExtendedS3DestinationConfiguration", "ExtendedS3DestinationDescription");

  private static final String STREAM = "KinesisStreamARN";
  private static final int REGION_IN_ARN = 3;

  /** What a Firehose stream does that this job needs to be told in its own terms. */
  static final class UnsupportedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedException(String message) {
      super(message);
    }
  }

  private final JsonNode destination;
  private final Map<String, String> options = new LinkedHashMap<>();

  private FirehoseConfiguration(JsonNode destination) {
    this.destination = destination;
  }

  /**
   * Options by key, for those that the configuration decides.
   *
   * @throws UnsupportedException if it is no such configuration, or has what must be given
   *     otherwise
   */
  static Map<String, String> options(String json) throws UnsupportedException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UnsupportedException("is no JSON: " + e.getOriginalMessage());
    }
    FirehoseConfiguration configuration = new FirehoseConfiguration(destinationIn(root));
    configuration.read();
    configuration.source(root);
    return configuration.options;
  }

  private static JsonNode destinationIn(JsonNode root) throws UnsupportedException {
    JsonNode stream = root.path("DeliveryStreamDescription");
    List<JsonNode> places = new ArrayList<>(List.of(root, stream));
    stream.path("Destinations").forEach(places::add);
    for (JsonNode place : places) {
      for (String name : DESTINATIONS) {
        if (place.path(name).isObject()) {
          return place.path(name);
        }
      }
    }
    if (root.has("BucketARN")) {
      return root;
    }
    throw new UnsupportedException("has no extended S3 destination");
  }

  private void read() throws UnsupportedException {
    String arn = text("BucketARN");
    if (!arn.isEmpty()) {
      options.put("output.path", "s3://" + arn.substring(arn.lastIndexOf(':') + 1) + "/");
    }
    put("output.prefix", text("Prefix"));
    put("output.error-prefix", text("ErrorOutputPrefix"));
    put("output.time-zone", text("CustomTimeZone"));
    put("output.file-extension", text("FileExtension"));
    JsonNode hints = destination.path("BufferingHints");
    if (hints.has("SizeInMBs")) {
      options.put("buffer.size", hints.path("SizeInMBs").asInt() + " mb");
    }
    if (hints.has("IntervalInSeconds")) {
      options.put("buffer.interval", hints.path("IntervalInSeconds").asInt() + " s");
    }
    format();
    if (destination.path("ProcessingConfiguration").path("Enabled").asBoolean(true)) {
      for (JsonNode processor : destination.path("ProcessingConfiguration").path("Processors")) {
        processor(processor);
      }
    }
    if (text("S3BackupMode").equals("Enabled")) {
      throw new UnsupportedException(
          "keeps a copy of all source records (S3BackupMode), which this job does not: set it to"
              + " Disabled");
    }
  }

  /** The stream that the records come from, unless they are put to Firehose itself. */
  private void source(JsonNode root) {
    JsonNode description = root.path("DeliveryStreamDescription").path("Source");
    for (String arn :
        List.of(
            root.path("KinesisStreamSourceConfiguration").path(STREAM).asText(""),
            description.path("KinesisStreamSourceDescription").path(STREAM).asText(""))) {
      if (!arn.isEmpty()) {
        options.put("source.type", "kinesis");
        options.put("kinesis.streams", arn.substring(arn.indexOf('/') + 1));
        options.put("kinesis.region", arn.split(":", -1)[REGION_IN_ARN]);
      }
    }
  }

  /** The format of objects: what a conversion makes, or JSON as it is. */
  private void format() throws UnsupportedException {
    JsonNode conversion = destination.path("DataFormatConversionConfiguration");
    if (conversion.path("Enabled").asBoolean(!conversion.isMissingNode())) {
      options.putAll(FirehoseConversion.options(conversion));
      return;
    }
    String compression = text("CompressionFormat");
    if (!compression.isEmpty()) {
      options.put("format.compression", compression.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    options.put("format.append-newline", "false"); // unless a processor says otherwise
  }

  private void processor(JsonNode processor) throws UnsupportedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (JsonNode parameter : processor.path("Parameters")) {
      parameters.put(
          parameter.path("ParameterName").asText(), parameter.path("ParameterValue").asText());
    }
    String type = processor.path("Type").asText();
    switch (type) {
      case "RecordDeAggregation":
        deaggregation(parameters);
        break;
      case "MetadataExtraction":
        options.put("partition.query", parameters.getOrDefault("MetadataExtractionQuery", ""));
        break;
      case "AppendDelimiterToRecord":
        options.replace("format.append-newline", "true");
        break;
      case "Decompression":
        options.put(
            "record.decompression",
            parameters.getOrDefault("CompressionFormat", "GZIP").toLowerCase(Locale.ROOT));
        break;
      case "Lambda":
        throw new UnsupportedException(
            "has a Lambda function: write it as a RecordTransformer, name its class in"
                + " --record.transformer, and take the processor out");
      case "CloudWatchLogProcessing":
        throw new UnsupportedException(
            "extracts messages of CloudWatch Logs: write that as a RecordTransformer, name its"
                + " class in --record.transformer, and take the processor out");
      default:
        throw new UnsupportedException("has a processor of the unknown type '" + type + "'");
    }
  }

  private void deaggregation(Map<String, String> parameters) throws UnsupportedException {
    String type = parameters.getOrDefault("SubRecordType", "JSON");
    options.put("record.deaggregation", type.toLowerCase(Locale.ROOT));
    String delimiter = parameters.getOrDefault("Delimiter", "");
    if (!delimiter.isEmpty()) {
      try {
        byte[] bytes = Base64.getDecoder().decode(delimiter);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
          throw new UnsupportedException("has a Delimiter that is no UTF-8: '" + delimiter + "'");
        }
        options.put("record.delimiter", text);
      } catch (IllegalArgumentException e) {
        throw new UnsupportedException("has a Delimiter that is no base64: '" + delimiter + "'");
      }
    }
  }

  private void put(String key, String value) {
    if (!value.isEmpty()) {
      options.put(key, value);
    }
  }

  private String text(String name) {
    return destination.path(name).asText("");
  }
}
