package io.imageaudit.modelserver.rest;

import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import tools.jackson.core.JsonGenerator;

/** Writes a tensor's elements as JSON arrays. */
public final class JsonTensor {

  private final JsonGenerator json;
  private final TensorType type;
  private final Shape shape;
  private final ByteBuffer elements;

  /** Writes this tensor; each element can be written once. */
  public JsonTensor(JsonGenerator json, Tensor tensor) {
    this.json = json;
    this.type = tensor.type();
    this.shape = tensor.shape();
    this.elements = tensor.elements();
  }

  /** All elements in one array. */
  public void flat() {
    json.writeStartArray();
    while (hasNext()) {
      element();
    }
    json.writeEndArray();
  }

  /** All elements, nested as the shape says. */
  public void nested() {
    nested(0);
  }

  /** The next row, nested as the rest of the shape says. */
  public void row() {
    nested(1);
  }

  private void nested(int depth) {
    if (depth >= shape.dimensions().size()) {
      if (hasNext()) {
        element();
      }
      return;
    }
    json.writeStartArray();
    for (long i = 0; i < shape.dimensions().get(depth) && hasNext(); i++) {
      nested(depth + 1);
    }
    json.writeEndArray();
  }

  private boolean hasNext() {
    return elements.remaining() >= Math.max(1, type.width());
  }

  private void element() {
    switch (type) {
      case BOOL -> json.writeBoolean(type.takeLong(elements) != 0);
      case FP64 -> json.writeNumber(type.takeDouble(elements));
      case FP16, BF16, FP32 -> json.writeNumber((float) type.takeDouble(elements));
      case UINT64 ->
          json.writeNumber(new BigInteger(Long.toUnsignedString(type.takeLong(elements))));
      case UINT8, UINT16, UINT32, INT8, INT16, INT32, INT64 ->
          json.writeNumber(type.takeLong(elements));
      case BYTES -> text();
    }
  }

  private void text() {
    byte[] bytes = new byte[Math.min(elements.getInt(), elements.remaining())];
    elements.get(bytes);
    json.writeStartObject();
    json.writeBinaryProperty("b64", bytes);
    json.writeEndObject();
  }
}
