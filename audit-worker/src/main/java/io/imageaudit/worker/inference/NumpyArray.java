package io.imageaudit.worker.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array as NumPy's {@code save} writes it (format version 1 to 3), little-endian and row-major.
 *
 * @param shape sides
 * @param values in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // A whole picture; never compared.
record NumpyArray(List<Integer> shape, double[] values) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr': '([<|](?:f2|f4|f8|u1))'");
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([0-9, ]*)\\)");

  /** Copies the shape. */
  NumpyArray {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is another kind of file
   */
  static NumpyArray read(byte[] file) {
    if (file.length < 12 || !Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length))) {
      throw new IllegalArgumentException("no NumPy file");
    }
    ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
    int version = data.getShort() & 0xff;
    int length = version == 1 ? data.getShort() & 0xffff : data.getInt();
    if (length < 0 || length > data.remaining()) {
      throw new IllegalArgumentException("a NumPy file that is cut off");
    }
    String header = new String(file, data.position(), length, StandardCharsets.UTF_8);
    data.position(data.position() + length);
    if (!header.contains("'fortran_order': False")) {
      throw new IllegalArgumentException("a NumPy file that is not in C order");
    }
    String type = found(TYPE, header);
    List<Integer> shape =
        Arrays.stream(found(SHAPE, header).split(","))
            .map(String::strip)
            .filter(side -> !side.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new NumpyArray(shape, values(data, type, shape));
  }

  private static double[] values(ByteBuffer data, String type, List<Integer> shape) {
    long count = 1;
    for (int side : shape) {
      count = Math.multiplyExact(count, side);
    }
    int size = type.charAt(2) - '0';
    if (count * size != data.remaining()) {
      throw new IllegalArgumentException("a NumPy file of another length than its shape " + shape);
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (size) {
            case 1 -> data.get() & 0xff;
            case 2 -> Float.float16ToFloat(data.getShort());
            case 4 -> data.getFloat();
            default -> data.getDouble();
          };
    }
    return values;
  }

  private static String found(Pattern pattern, String header) {
    Matcher match = pattern.matcher(header);
    if (!match.find()) {
      throw new IllegalArgumentException("a NumPy file of another type: " + header.strip());
    }
    return match.group(1);
  }
}
