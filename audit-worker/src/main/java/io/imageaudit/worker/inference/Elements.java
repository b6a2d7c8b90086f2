package io.imageaudit.worker.inference;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Elements of tensors, widened to {@code float}. */
final class Elements {

  private Elements() {}

  /**
   * Reads raw contents: little-endian, row-major.
   *
   * @throws IllegalArgumentException when the datatype is unknown or an element is cut off
   */
  static float[] of(String datatype, ByteString raw) {
    ByteBuffer data = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int size = size(datatype);
    if (data.remaining() % size != 0) {
      throw new IllegalArgumentException(
          "contents: " + data.remaining() + " bytes (expected: whole elements of " + size + ")");
    }
    float[] values = new float[data.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] = element(datatype, data);
    }
    return values;
  }

  static float[] ofNumbers(List<? extends Number> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }

  static float[] ofHalves(List<Integer> bits) {
    float[] values = new float[bits.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.float16ToFloat(bits.get(i).shortValue());
    }
    return values;
  }

  static float[] ofBooleans(List<Boolean> truths) {
    float[] values = new float[truths.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = truths.get(i) ? 1 : 0;
    }
    return values;
  }

  private static int size(String datatype) {
    return switch (datatype) {
      case "BOOL", "UINT8", "INT8" -> 1;
      case "UINT16", "INT16", "FP16", "BF16" -> 2;
      case "UINT32", "INT32", "FP32" -> 4;
      case "UINT64", "INT64", "FP64" -> 8;
      default -> throw new IllegalArgumentException("datatype: " + datatype + " (not readable)");
    };
  }

  private static float element(String datatype, ByteBuffer data) {
    return switch (datatype) {
      case "BOOL", "UINT8" -> data.get() & 0xff;
      case "INT8" -> data.get();
      case "UINT16" -> data.getShort() & 0xffff;
      case "INT16" -> data.getShort();
      case "FP16" -> Float.float16ToFloat(data.getShort());
      case "BF16" -> Float.intBitsToFloat(data.getShort() << 16);
      case "UINT32" -> data.getInt() & 0xffff_ffffL;
      case "INT32" -> data.getInt();
      case "FP32" -> data.getFloat();
      case "UINT64", "INT64" -> data.getLong();
      case "FP64" -> (float) data.getDouble();
      default -> throw new IllegalArgumentException("datatype: " + datatype + " (not readable)");
    };
  }
}
