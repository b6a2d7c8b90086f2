package io.imageaudit.modelserver;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a model of four nodes: image [N,3,2,2] of some type -> Cast to FP32 -> mean of each
 * channel = output {@code mean} [N,3] -> Sigmoid = output {@code scores} [N,3]. Field numbers as in
 * onnx.proto.
 */
final class TinyModel {

  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int FLOAT16 = 10;

  private TinyModel() {}

  /** Writes the model with inputs of an ONNX element type. */
  static void write(Path file, int elementType) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, model(elementType).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString model(int elementType) {
    ByteString graph =
        message(out -> {
          out.writeBytes(1, node("Cast", "image", "numbers", attribute("to", FLOAT)));
          out.writeBytes(1, node("GlobalAveragePool", "numbers", "pooled", ByteString.EMPTY));
          out.writeBytes(1, node("Flatten", "pooled", "mean", attribute("axis", 1)));
          out.writeBytes(1, node("Sigmoid", "mean", "scores", ByteString.EMPTY));
          out.writeString(2, "tiny");
          out.writeBytes(11, value("image", elementType, 3, 2, 2));
          out.writeBytes(12, value("scores", FLOAT, 3));
          out.writeBytes(12, value("mean", FLOAT, 3));
        });
    ByteString opset = message(out -> out.writeInt64(2, 17));
    return message(out -> {
      out.writeInt64(1, 8);
      out.writeBytes(7, graph);
      out.writeBytes(8, opset);
    });
  }

  private static ByteString node(String type, String input, String output, ByteString attribute) {
    return message(out -> {
      out.writeString(1, input);
      out.writeString(2, output);
      out.writeString(4, type);
      if (!attribute.isEmpty()) {
        out.writeBytes(5, attribute);
      }
    });
  }

  private static ByteString attribute(String name, long value) {
    return message(out -> {
      out.writeString(1, name);
      out.writeInt64(3, value);
      out.writeInt32(20, 2);
    });
  }

  private static ByteString value(String name, int elementType, long... sizes) {
    ByteString shape =
        message(out -> {
          out.writeBytes(1, message(dim -> dim.writeString(2, "N")));
          for (long size : sizes) {
            out.writeBytes(1, message(dim -> dim.writeInt64(1, size)));
          }
        });
    ByteString tensor =
        message(out -> {
          out.writeInt32(1, elementType);
          out.writeBytes(2, shape);
        });
    ByteString type = message(out -> out.writeBytes(1, tensor));
    return message(out -> {
      out.writeString(1, name);
      out.writeBytes(2, type);
    });
  }

  private static ByteString message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }
}
