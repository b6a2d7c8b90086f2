package io.imageaudit.modelserver.onnx;

import ai.onnxruntime.OnnxJavaType;
import io.imageaudit.modelserver.tensor.TensorType;

/** Element types as ONNX Runtime's Java API names them. */
final class OnnxTypes {

  private OnnxTypes() {}

  static TensorType ofOnnx(OnnxJavaType type) {
    return switch (type) {
      case BOOL -> TensorType.BOOL;
      case UINT8 -> TensorType.UINT8;
      case INT8 -> TensorType.INT8;
      case INT16 -> TensorType.INT16;
      case INT32 -> TensorType.INT32;
      case INT64 -> TensorType.INT64;
      case FLOAT16 -> TensorType.FP16;
      case BFLOAT16 -> TensorType.BF16;
      case FLOAT -> TensorType.FP32;
      case DOUBLE -> TensorType.FP64;
      case STRING, UNKNOWN ->
          throw new IllegalArgumentException("type: " + type + " (expected: numbers)");
    };
  }

  static OnnxJavaType ofTensor(TensorType type) {
    return switch (type) {
      case BOOL -> OnnxJavaType.BOOL;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT8 -> OnnxJavaType.INT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case FP16 -> OnnxJavaType.FLOAT16;
      case BF16 -> OnnxJavaType.BFLOAT16;
      case FP32 -> OnnxJavaType.FLOAT;
      case FP64 -> OnnxJavaType.DOUBLE;
      case UINT16, UINT32, UINT64, BYTES ->
          throw new IllegalArgumentException("type: " + type + " (expected: a type of ONNX)");
    };
  }
}
