package io.imageaudit.worker.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Prepared;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

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
      ByteString bytes = wrapped(item);
      all =
          all.concat(
              isEncoded(item) ? ByteString.copyFrom(length(item.bytes())).concat(bytes) : bytes);
    }
    return all;
  }

  /** The batch as one typed tensor: each number on its own. */
  static InferTensorContents typed(InferenceBatch batch, InputSpec.Datatype datatype) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (Prepared item : batch.items()) {
      ByteBuffer data = item.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      switch (datatype) {
        case FP32 -> {
          while (data.hasRemaining()) {
            contents.addFp32Contents(data.getFloat());
          }
        }
        case UINT8 -> {
          while (data.hasRemaining()) {
            contents.addUintContents(data.get() & 0xff);
          }
        }
        case ENCODED -> contents.addBytesContents(wrapped(item));
        case FP16 -> throw new IllegalArgumentException("fp16 (expected: a type with contents)");
      }
    }
    return contents.build();
  }

  /** One item's bytes, not copied. */
  static ByteString wrapped(Prepared item) {
    return UnsafeByteOperations.unsafeWrap(item.data().duplicate());
  }

  /** One item's bytes as an element of a tensor. */
  static byte[] bytes(Prepared item) {
    if (!isEncoded(item)) {
      return content(item);
    }
    return ByteBuffer.allocate(Integer.BYTES + item.bytes())
        .put(length(item.bytes()))
        .put(item.data().duplicate())
        .array();
  }

  /** One item's bytes. */
  static byte[] content(Prepared item) {
    byte[] content = new byte[item.bytes()];
    item.data().duplicate().get(content);
    return content;
  }

  /** An encoded picture as a {@code data:} URL (RFC 2397). */
  static String dataUrl(Prepared item) {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(content(item));
  }

  private static boolean isEncoded(Prepared item) {
    return item.shape().isEmpty();
  }

  /** An element of type BYTES begins with its length. */
  private static byte[] length(int bytes) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes).array();
  }
}
