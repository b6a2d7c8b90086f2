package io.imageaudit.worker.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Prepared;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors as the Open Inference Protocol writes them: little-endian, row-major, no padding. */
final class OipTensors {

  private OipTensors() {}

  static String datatype(InputSpec.Datatype datatype) {
    return switch (datatype) {
      case FP32 -> "FP32";
      case FP16 -> "FP16";
      case UINT8 -> "UINT8";
      case ENCODED -> "BYTES";
    };
  }

  /** The batch as one raw tensor: a rope over the items' own memory, nothing is copied. */
  static ByteString joined(InferenceBatch batch) {
    ByteString all = ByteString.EMPTY;
    for (Prepared item : batch.items()) {
      ByteString bytes = UnsafeByteOperations.unsafeWrap(item.data().duplicate());
      all = all.concat(item.shape().isEmpty() ? length(item.bytes()).concat(bytes) : bytes);
    }
    return all;
  }

  /** An element of type BYTES begins with its length. */
  private static ByteString length(int bytes) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bytes));
  }
}
