package io.imageaudit.modelserver.oip;

import com.google.protobuf.ByteString;
import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors as lists of typed values, the alternative to raw bytes. */
final class TypedContents {

  private TypedContents() {}

  /** Whether the protocol has a field for values of this type. */
  static boolean canHold(TensorType type) {
    return type != TensorType.FP16 && type != TensorType.BF16;
  }

  /**
   * The bytes of typed values.
   *
   * @param input names the input in refusals
   */
  static ByteBuffer toBytes(String input, TensorType type, InferTensorContents contents) {
    return switch (type) {
      case BOOL ->
          wholes(type, contents.getBoolContentsList().stream().map(b -> b ? 1L : 0).toList());
      case INT8, INT16, INT32 ->
          checked(input, type, contents.getIntContentsList().stream().map(i -> (long) i).toList());
      case UINT8, UINT16, UINT32 ->
          checked(
              input,
              type,
              contents.getUintContentsList().stream().map(Integer::toUnsignedLong).toList());
      case INT64 -> wholes(type, contents.getInt64ContentsList());
      case UINT64 -> wholes(type, contents.getUint64ContentsList());
      case FP32 -> {
        ByteBuffer data = Tensor.allocate(contents.getFp32ContentsCount(), type);
        contents.getFp32ContentsList().forEach(data::putFloat);
        yield data.flip();
      }
      case FP64 -> {
        ByteBuffer data = Tensor.allocate(contents.getFp64ContentsCount(), type);
        contents.getFp64ContentsList().forEach(data::putDouble);
        yield data.flip();
      }
      case BYTES -> strings(contents.getBytesContentsList());
      case FP16, BF16 ->
          throw RefusedException.invalid(
              "input '%s' has data-type %s, which only raw contents can hold"
                  .formatted(input, type));
    };
  }

  /** Typed values of a tensor whose type {@link #canHold} says yes to. */
  static InferTensorContents of(Tensor tensor) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    ByteBuffer data = tensor.elements();
    TensorType type = tensor.type();
    while (data.remaining() >= Math.max(1, type.width())) {
      switch (type) {
        case BOOL -> contents.addBoolContents(type.takeLong(data) != 0);
        case INT8, INT16, INT32 -> contents.addIntContents((int) type.takeLong(data));
        case UINT8, UINT16, UINT32 -> contents.addUintContents((int) type.takeLong(data));
        case INT64 -> contents.addInt64Contents(type.takeLong(data));
        case UINT64 -> contents.addUint64Contents(type.takeLong(data));
        case FP32 -> contents.addFp32Contents(data.getFloat());
        case FP64 -> contents.addFp64Contents(data.getDouble());
        case BYTES -> contents.addBytesContents(ByteString.copyFrom(data, data.getInt()));
        case FP16, BF16 ->
            throw new IllegalArgumentException("type: " + type + " (expected: typed)");
      }
    }
    return contents.build();
  }

  private static ByteBuffer checked(String input, TensorType type, List<Long> values) {
    for (long value : values) {
      if (!type.holds(value)) {
        throw RefusedException.invalid(
            "input '%s' has data-type %s, which cannot hold %d".formatted(input, type, value));
      }
    }
    return wholes(type, values);
  }

  private static ByteBuffer wholes(TensorType type, List<Long> values) {
    ByteBuffer data = Tensor.allocate(values.size(), type);
    values.forEach(value -> type.putLong(data, value));
    return data.flip();
  }

  private static ByteBuffer strings(List<ByteString> values) {
    int size = values.stream().mapToInt(value -> Integer.BYTES + value.size()).sum();
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(value -> value.copyTo(data.putInt(value.size())));
    return data.flip();
  }
}
