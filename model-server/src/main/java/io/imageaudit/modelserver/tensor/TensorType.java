package io.imageaudit.modelserver.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Element types, named as the Open Inference Protocol names them. */
public enum TensorType {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  /** Each element is a length (4 bytes, little-endian) and that many bytes. */
  BYTES(0);

  private final int width;

  TensorType(int width) {
    this.width = width;
  }

  /** Bytes per element; 0 when elements differ in length. */
  public int width() {
    return width;
  }

  /** Whether elements are floating-point numbers. */
  public boolean isFloat() {
    return this == FP16 || this == BF16 || this == FP32 || this == FP64;
  }

  /** The type of that name, if there is one. */
  public static Optional<TensorType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Appends one floating-point number in this type. */
  public void put(ByteBuffer target, double value) {
    switch (this) {
      case FP16 -> target.putShort(Float.floatToFloat16((float) value));
      case BF16 -> target.putShort(bfloat16((float) value));
      case FP32 -> target.putFloat((float) value);
      case FP64 -> target.putDouble(value);
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES ->
          putLong(target, (long) value);
    }
  }

  /** Appends one whole number in this type, keeping its low bits. */
  public void putLong(ByteBuffer target, long value) {
    switch (this) {
      case BOOL -> target.put((byte) (value == 0 ? 0 : 1));
      case UINT8, INT8 -> target.put((byte) value);
      case UINT16, INT16 -> target.putShort((short) value);
      case UINT32, INT32 -> target.putInt((int) value);
      case UINT64, INT64 -> target.putLong(value);
      case FP16, BF16, FP32, FP64 -> put(target, (double) value);
      case BYTES -> throw new IllegalArgumentException("type: BYTES (expected: numbers)");
    }
  }

  /**
   * Whether a whole number can be told in this type; unsigned 64 bits come as their bit pattern.
   */
  public boolean holds(long value) {
    return switch (this) {
      case BOOL -> value == 0 || value == 1;
      case UINT8 -> value >= 0 && value <= 0xFF;
      case UINT16 -> value >= 0 && value <= 0xFFFF;
      case UINT32 -> value >= 0 && value <= 0xFFFF_FFFFL;
      case INT8 -> value == (byte) value;
      case INT16 -> value == (short) value;
      case INT32 -> value == (int) value;
      case UINT64, INT64, FP16, BF16, FP32, FP64 -> true;
      case BYTES -> false;
    };
  }

  /** Takes the next element as a floating-point number. */
  public double takeDouble(ByteBuffer source) {
    return switch (this) {
      case FP16 -> Float.float16ToFloat(source.getShort());
      case BF16 -> Float.intBitsToFloat(source.getShort() << 16);
      case FP32 -> source.getFloat();
      case FP64 -> source.getDouble();
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES ->
          (double) takeLong(source);
    };
  }

  /** Takes the next element as a whole number; unsigned 64 bits come as their bit pattern. */
  public long takeLong(ByteBuffer source) {
    return switch (this) {
      case BOOL, INT8 -> source.get();
      case UINT8 -> source.get() & 0xFF;
      case UINT16 -> source.getShort() & 0xFFFF;
      case INT16 -> source.getShort();
      case UINT32 -> source.getInt() & 0xFFFF_FFFFL;
      case INT32 -> source.getInt();
      case UINT64, INT64 -> source.getLong();
      case FP16, BF16, FP32, FP64 -> (long) takeDouble(source);
      case BYTES -> throw new IllegalArgumentException("type: BYTES (expected: numbers)");
    };
  }

  private static short bfloat16(float value) {
    int bits = Float.floatToIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
