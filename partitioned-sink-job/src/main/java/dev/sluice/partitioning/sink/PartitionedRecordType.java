package dev.sluice.partitioning.sink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Tells Flink of {@link PartitionedRecordSerializer}. Immutable. */
public final class PartitionedRecordType extends TypeInformation<PartitionedRecord> {
  private static final long serialVersionUID = 1L;

  /** For Flink. */
  public static final class Factory extends TypeInfoFactory<PartitionedRecord> {
    @Override
    public TypeInformation<PartitionedRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new PartitionedRecordType();
    }
  }

  @Override
  public TypeSerializer<PartitionedRecord> createSerializer(SerializerConfig config) {
    return new PartitionedRecordSerializer();
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Flink calls it
  public TypeSerializer<PartitionedRecord> createSerializer(ExecutionConfig config) {
    return createSerializer(config.getSerializerConfig());
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<PartitionedRecord> getTypeClass() {
    return PartitionedRecord.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return "PartitionedRecordType";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PartitionedRecordType;
  }

  @Override
  public int hashCode() {
    return PartitionedRecordType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PartitionedRecordType;
  }
}
