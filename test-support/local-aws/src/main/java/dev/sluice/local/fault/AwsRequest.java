package dev.sluice.local.fault;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Operation and key of a request: of S3 with the bucket in the path, by method, query and headers;
 * of an AWS JSON service (Kinesis, DynamoDB) from {@code X-Amz-Target}.
 */
final class AwsRequest {
  final String operation;
  final String key;
  final boolean json;

  private AwsRequest(String operation, String key, boolean json) {
    this.operation = operation;
    this.key = key;
    this.json = json;
  }

  static AwsRequest of(HttpHead head) {
    String target = head.header("X-Amz-Target");
    if (target != null) {
      return new AwsRequest(target.substring(target.lastIndexOf('.') + 1), "", true);
    }
    String uri = head.target();
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    Map<String, String> query = query(question < 0 ? "" : uri.substring(question + 1));
    int slash = path.indexOf('/', 1);
    String key = slash < 0 ? "" : decode(path.substring(slash + 1).replace("+", "%2B"));
    if (key.isEmpty()) {
      String prefix = query.getOrDefault("prefix", "");
      return new AwsRequest(ofBucket(head.method(), path, query.keySet()), prefix, false);
    }
    return new AwsRequest(ofObject(head, query.keySet()), key, false);
  }

  private static String ofObject(HttpHead head, Set<String> query) {
    boolean upload = query.contains("uploadId");
    boolean copy = head.header("x-amz-copy-source") != null;
    switch (head.method()) {
      case "PUT":
        if (upload) {
          return copy ? "UploadPartCopy" : "UploadPart";
        }
        return copy ? "CopyObject" : "PutObject";
      case "GET":
        return upload ? "ListParts" : "GetObject";
      case "HEAD":
        return "HeadObject";
      case "DELETE":
        return upload ? "AbortMultipartUpload" : "DeleteObject";
      case "POST":
        return query.contains("uploads") ? "CreateMultipartUpload" : ofPost(upload);
      default:
        return head.method();
    }
  }

  private static String ofPost(boolean upload) {
    return upload ? "CompleteMultipartUpload" : "PostObject";
  }

  private static String ofBucket(String method, String path, Set<String> query) {
    switch (method) {
      case "PUT":
        return "CreateBucket";
      case "HEAD":
        return "HeadBucket";
      case "DELETE":
        return "DeleteBucket";
      case "POST":
        return query.contains("delete") ? "DeleteObjects" : "PostBucket";
      case "GET":
        return ofBucketGet(path, query);
      default:
        return method;
    }
  }

  private static String ofBucketGet(String path, Set<String> query) {
    if (path.length() <= 1) {
      return "ListBuckets";
    }
    if (query.contains("uploads")) {
      return "ListMultipartUploads";
    }
    return query.contains("location") ? "GetBucketLocation" : "ListObjects";
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        query.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // not percent-encoded: what the client sent is the key
    }
  }
}
