package dev.sluice.partitioning.format;

/** Schemas of tests. */
final class Schemas {
  /** One of each kind that Parquet can hold too. */
  static final String EVERYTHING =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "id", "type": "long"},
        {"name": "count", "type": "int"},
        {"name": "name", "type": ["null", "string"]},
        {"name": "ok", "type": "boolean", "default": true},
        {"name": "ratio", "type": "float"},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
        {"name": "total", "type": {"type": "fixed", "name": "Total", "size": 16, "logicalType": "decimal", "precision": 30, "scale": 5}},
        {"name": "x", "type": "double"},
        {"name": "raw", "type": "bytes"},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "precisely", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
        {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
        {"name": "attributes", "type": {"type": "map", "values": "int"}},
        {"name": "device", "type": {"type": "record", "name": "Device", "fields": [
          {"name": "os", "type": "string"},
          {"name": "user_agent", "type": ["null", "string"], "default": null, "jsonName": "user-agent"}]}}
      ]}
      """;

  static final String EVENT =
      """
      {"id": 9007199254740993, "count": 5.0, "name": "é😀", "ratio": 0.5, "price": 1234567890.10,
       "total": "-1234567890123456789012345.00001", "x": 1e300, "raw": "AP+A", "kind": "B",
       "day": "2021-08-31", "at": "2021-08-31T22:39:43.250+02:00", "precisely": 1630442383000001,
       "clock": "20:39:43.5", "tags": ["a", null, "b"], "attributes": {"k": 7},
       "device": {"os": "linux", "user-agent": "curl/8"}}
      """;

  private Schemas() {}
}
