package io.imageaudit.modelserver.rest;

import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The elements of a tensor written in JSON as nested arrays, read without building a tree. */
public final class JsonValues {

  private static final int MAX_DEPTH = 16;
  private static final double EXACT = 0x1p53;

  private final int maxElements;
  private final List<Long> dimensions = new ArrayList<>();
  private final Map<Integer, Long> beyondDouble = new HashMap<>();
  private final List<byte[]> texts = new ArrayList<>();
  private double[] numbers = new double[64];
  private int count;
  private int leafDepth = -1;
  private long rows;

  /** Takes at most so many elements. */
  public JsonValues(int maxElements) {
    this.maxElements = maxElements;
  }

  /** Reads the whole value at the parser's current token. */
  public void read(JsonParser parser) {
    read(parser, 0);
  }

  /** Reads the value at the parser's current token as one more row. */
  public void readRow(JsonParser parser) {
    rows++;
    read(parser, 1);
    setDimension(0, -1);
  }

  /** Takes base64 text as one more row of a tensor of byte strings. */
  public void addRow(byte[] text) {
    rows++;
    setDimension(0, -1);
    leaf(1);
    texts.add(text);
  }

  /** The shape in which the elements were nested. */
  public Shape shape() {
    List<Long> shape = new ArrayList<>(dimensions);
    if (rows > 0) {
      shape.set(0, rows);
    }
    return new Shape(shape);
  }

  /** Number of elements. */
  public int count() {
    return count;
  }

  /**
   * The elements as a tensor's bytes.
   *
   * @throws RefusedException when one does not fit the type
   */
  public ByteBuffer toBytes(String name, TensorType type) {
    if (type == TensorType.BYTES) {
      return toByteStrings(name);
    }
    if (!texts.isEmpty()) {
      throw unfit(name, type, "text");
    }
    ByteBuffer data = Tensor.allocate(count, type);
    for (int i = 0; i < count; i++) {
      if (type.isFloat()) {
        type.put(data, numbers[i]);
      } else {
        type.putLong(data, whole(name, type, i));
      }
    }
    return data.flip();
  }

  private long whole(String name, TensorType type, int index) {
    double number = numbers[index];
    long value = beyondDouble.getOrDefault(index, (long) number);
    if (number != Math.rint(number) || Double.isInfinite(number) || !type.holds(value)) {
      throw unfit(name, type, String.valueOf(number));
    }
    return value;
  }

  private ByteBuffer toByteStrings(String name) {
    if (texts.size() < count) {
      throw unfit(name, TensorType.BYTES, "a number");
    }
    int size = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    texts.forEach(text -> data.putInt(text.length).put(text));
    return data.flip();
  }

  private void read(JsonParser parser, int depth) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      leaf(depth);
      value(parser);
      return;
    }
    if (depth == MAX_DEPTH || depth == leafDepth) {
      throw RefusedException.invalid("arrays are nested unevenly or too deep");
    }
    setDimension(depth, -1);
    long size = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      read(parser, depth + 1);
      size++;
    }
    setDimension(depth, size);
  }

  /** Notes a dimension; -1 says only that there is one. */
  private void setDimension(int depth, long size) {
    while (dimensions.size() <= depth) {
      dimensions.add(-1L);
    }
    long known = dimensions.get(depth);
    if (known == -1) {
      dimensions.set(depth, size);
    } else if (size != -1 && known != size) {
      throw RefusedException.invalid("arrays are ragged: " + known + " and " + size + " elements");
    }
  }

  private void leaf(int depth) {
    if (leafDepth == -1) {
      leafDepth = depth;
    }
    if (leafDepth != depth || dimensions.size() > depth) {
      throw RefusedException.invalid("arrays are nested unevenly");
    }
    if (count == maxElements) {
      throw RefusedException.invalid("too many elements (expected: <= " + maxElements + ")");
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, (int) Math.min(maxElements, count * 2L));
    }
    count++;
  }

  private void value(JsonParser parser) {
    switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> wholeNumber(parser);
      case VALUE_NUMBER_FLOAT -> numbers[count - 1] = parser.getDoubleValue();
      case VALUE_TRUE -> numbers[count - 1] = 1;
      case VALUE_FALSE -> numbers[count - 1] = 0;
      case VALUE_STRING -> texts.add(parser.getString().getBytes(StandardCharsets.UTF_8));
      case START_OBJECT -> base64Object(parser);
      case null, default ->
          throw RefusedException.invalid(
              "an element is neither number, boolean, text nor {\"b64\": text}");
    }
  }

  private void wholeNumber(JsonParser parser) {
    double number = parser.getDoubleValue();
    numbers[count - 1] = number;
    if (Math.abs(number) > EXACT) {
      BigInteger exact = parser.getBigIntegerValue();
      if (exact.bitLength() > Long.SIZE) {
        throw RefusedException.invalid("a number has more than 64 bits");
      }
      beyondDouble.put(count - 1, exact.longValue());
    }
  }

  private void base64Object(JsonParser parser) {
    if (parser.nextToken() != JsonToken.PROPERTY_NAME || !"b64".equals(parser.currentName())) {
      throw RefusedException.invalid("an element is an object other than {\"b64\": text}");
    }
    texts.add(base64(parser));
  }

  /**
   * Takes the text after the name {@code b64} and the end of its object.
   *
   * @throws RefusedException when that is not what follows
   */
  public static byte[] base64(JsonParser parser) {
    if (parser.nextToken() != JsonToken.VALUE_STRING) {
      throw RefusedException.invalid("b64 is not a text");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(parser.getString());
      if (parser.nextToken() != JsonToken.END_OBJECT) {
        throw RefusedException.invalid("an object with b64 has more than that");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw RefusedException.invalid("b64 is not base64");
    }
  }

  private static RefusedException unfit(String name, TensorType type, String value) {
    return RefusedException.invalid(
        "input '%s' has data-type %s, which cannot hold %s".formatted(name, type, value));
  }
}
