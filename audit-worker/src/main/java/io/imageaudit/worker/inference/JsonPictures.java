package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.InputSpec.Datatype;
import io.imageaudit.worker.image.Prepared;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Pictures as JSON, written number by number: a tree of them would take many times the memory. */
final class JsonPictures {

  private JsonPictures() {}

  /** Nested arrays of numbers, or an object that holds an encoded picture. */
  static void write(Prepared item, Datatype datatype, JsonGenerator to) {
    if (datatype == Datatype.ENCODED) {
      to.writeStartObject();
      to.writeStringProperty("b64", Base64.getEncoder().encodeToString(OipTensors.content(item)));
      to.writeEndObject();
    } else {
      ByteBuffer data = item.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      nested(data, item.shape(), datatype, to);
    }
  }

  private static void nested(
      ByteBuffer data, List<Integer> shape, Datatype datatype, JsonGenerator to) {
    to.writeStartArray();
    for (int at = 0; at < shape.getFirst(); at++) {
      if (shape.size() > 1) {
        nested(data, shape.subList(1, shape.size()), datatype, to);
      } else {
        number(data, datatype, to);
      }
    }
    to.writeEndArray();
  }

  private static void number(ByteBuffer data, Datatype datatype, JsonGenerator to) {
    switch (datatype) {
      case FP32 -> to.writeNumber(data.getFloat());
      case FP16 -> to.writeNumber(Float.float16ToFloat(data.getShort()));
      case UINT8 -> to.writeNumber(data.get() & 0xff);
      case ENCODED -> throw new IllegalArgumentException("an encoded picture (expected: elements)");
    }
  }
}
