package io.imageaudit.modelserver.tfs;

import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.TensorType;

/** Element types as TensorFlow names them. */
final class TfsTypes {

  private TfsTypes() {}

  static DataType ofTensor(TensorType type) {
    return switch (type) {
      case BOOL -> DataType.DT_BOOL;
      case UINT8 -> DataType.DT_UINT8;
      case UINT16 -> DataType.DT_UINT16;
      case UINT32 -> DataType.DT_UINT32;
      case UINT64 -> DataType.DT_UINT64;
      case INT8 -> DataType.DT_INT8;
      case INT16 -> DataType.DT_INT16;
      case INT32 -> DataType.DT_INT32;
      case INT64 -> DataType.DT_INT64;
      case FP16 -> DataType.DT_HALF;
      case BF16 -> DataType.DT_BFLOAT16;
      case FP32 -> DataType.DT_FLOAT;
      case FP64 -> DataType.DT_DOUBLE;
      case BYTES -> DataType.DT_STRING;
    };
  }

  /**
   * The type of an input.
   *
   * @throws RefusedException when it is one that no model here takes
   */
  static TensorType ofDataType(String input, DataType type) {
    for (TensorType candidate : TensorType.values()) {
      if (ofTensor(candidate) == type) {
        return candidate;
      }
    }
    throw RefusedException.invalid("input '%s' has unsupported dtype %s".formatted(input, type));
  }
}
