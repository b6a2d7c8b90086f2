package io.imageaudit.modelserver.tfs;

import com.google.protobuf.ByteString;
import io.imageaudit.inference.tensorflow.TensorInfo;
import io.imageaudit.inference.tensorflow.TensorProto;
import io.imageaudit.inference.tensorflow.TensorShapeProto;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Translates TensorFlow's tensors: their bytes, or their lists of values. */
final class TfsTensors {

  private final int maxBytes;

  /** Takes tensors of at most so many bytes. */
  TfsTensors(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  Tensor read(String name, TensorProto proto) {
    TensorType type = TfsTypes.ofDataType(name, proto.getDtype());
    List<Long> dimensions =
        proto.getTensorShape().getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    Shape shape = new Shape(dimensions);
    ByteBuffer data =
        proto.getTensorContent().isEmpty()
            ? values(name, type, elements(name, type, shape), proto)
            : proto.getTensorContent().asReadOnlyByteBuffer();
    return new Tensor(name, type, shape, data);
  }

  /** A tensor with its values in a list, as the server answers by default. */
  static TensorProto write(Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDtype(TfsTypes.ofTensor(tensor.type()))
            .setTensorShape(shape(tensor.shape()));
    ByteBuffer data = tensor.elements();
    TensorType type = tensor.type();
    while (data.remaining() >= Math.max(1, type.width())) {
      switch (type) {
        case FP32 -> proto.addFloatVal(data.getFloat());
        case FP64 -> proto.addDoubleVal(data.getDouble());
        case FP16, BF16 -> proto.addHalfVal(data.getShort() & 0xFFFF);
        case BOOL -> proto.addBoolVal(data.get() != 0);
        case INT64 -> proto.addInt64Val(data.getLong());
        case UINT64 -> proto.addUint64Val(data.getLong());
        case UINT32 -> proto.addUint32Val(data.getInt());
        case UINT8, UINT16, INT8, INT16, INT32 -> proto.addIntVal((int) type.takeLong(data));
        case BYTES -> proto.addStringVal(ByteString.copyFrom(data, data.getInt()));
      }
    }
    return proto.build();
  }

  static TensorInfo info(TensorSpec spec) {
    return TensorInfo.newBuilder()
        .setName(spec.name() + ":0")
        .setDtype(TfsTypes.ofTensor(spec.type()))
        .setTensorShape(shape(spec.shape()))
        .build();
  }

  private static TensorShapeProto shape(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    shape
        .dimensions()
        .forEach(size -> proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return proto.build();
  }

  private int elements(String name, TensorType type, Shape shape) {
    try {
      long elements = shape.elements();
      if (Math.multiplyExact(elements, Math.max(1, type.width())) <= maxBytes) {
        return Math.toIntExact(elements);
      }
    } catch (ArithmeticException e) {
      // Told below: the shape says more than fits, or less than nothing.
    }
    throw RefusedException.invalid(
        "shape %s of input '%s' is not one of <= %d bytes".formatted(shape, name, maxBytes));
  }

  private static ByteBuffer values(String name, TensorType type, int elements, TensorProto proto) {
    return switch (type) {
      case FP32 -> {
        ByteBuffer data = Tensor.allocate(elements, type);
        int given = given(name, elements, proto.getFloatValCount());
        for (int i = 0; i < elements; i++) {
          data.putFloat(proto.getFloatVal(Math.min(i, given - 1)));
        }
        yield data.flip();
      }
      case FP64 -> {
        ByteBuffer data = Tensor.allocate(elements, type);
        int given = given(name, elements, proto.getDoubleValCount());
        for (int i = 0; i < elements; i++) {
          data.putDouble(proto.getDoubleVal(Math.min(i, given - 1)));
        }
        yield data.flip();
      }
      case FP16, BF16 -> halves(name, elements, proto);
      case BYTES -> strings(name, elements, proto);
      case BOOL ->
          wholes(name, type, elements, proto.getBoolValCount(), i -> proto.getBoolVal(i) ? 1 : 0);
      case INT64 -> wholes(name, type, elements, proto.getInt64ValCount(), proto::getInt64Val);
      case UINT64 -> wholes(name, type, elements, proto.getUint64ValCount(), proto::getUint64Val);
      case UINT32 ->
          wholes(
              name,
              type,
              elements,
              proto.getUint32ValCount(),
              i -> Integer.toUnsignedLong(proto.getUint32Val(i)));
      case UINT8, UINT16, INT8, INT16, INT32 ->
          wholes(name, type, elements, proto.getIntValCount(), proto::getIntVal);
    };
  }

  private static ByteBuffer wholes(
      String name, TensorType type, int elements, int count, IntToLongFunction value) {
    ByteBuffer data = Tensor.allocate(elements, type);
    int given = given(name, elements, count);
    for (int i = 0; i < elements; i++) {
      long whole = value.applyAsLong(Math.min(i, given - 1));
      if (!type.holds(whole)) {
        throw RefusedException.invalid(
            "input '%s' has data-type %s, which cannot hold %d".formatted(name, type, whole));
      }
      type.putLong(data, whole);
    }
    return data.flip();
  }

  private static ByteBuffer halves(String name, int elements, TensorProto proto) {
    ByteBuffer data = Tensor.allocate(elements, TensorType.FP16);
    int given = given(name, elements, proto.getHalfValCount());
    for (int i = 0; i < elements; i++) {
      data.putShort((short) proto.getHalfVal(Math.min(i, given - 1)));
    }
    return data.flip();
  }

  private static ByteBuffer strings(String name, int elements, TensorProto proto) {
    if (proto.getStringValCount() != elements) {
      throw unlike(name, elements, proto.getStringValCount());
    }
    int size = proto.getStringValList().stream().mapToInt(v -> Integer.BYTES + v.size()).sum();
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    proto.getStringValList().forEach(value -> value.copyTo(data.putInt(value.size())));
    return data.flip();
  }

  /** How many values are given; the last one stands for those that are missing. */
  private static int given(String name, int elements, int given) {
    if (given > elements || (given == 0 && elements > 0)) {
      throw unlike(name, elements, given);
    }
    return given;
  }

  private static RefusedException unlike(String name, int elements, int given) {
    return RefusedException.invalid(
        "input '%s' has %d values (expected: %d)".formatted(name, given, elements));
  }
}
