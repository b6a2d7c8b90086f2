package io.imageaudit.benchmark.scaling;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Pictures in a folder that is laid out as intake's content store.
 *
 * @param side of each picture, pixels
 * @param digests their SHA-256, hexadecimal
 * @param bytes the mean size of a file
 */
record StoredPictures(int side, List<String> digests, long bytes) {

  static final String TENANT = "bench";

  private static final int COUNT = 16;
  private static final int SHAPES = 60;

  /** Makes JPEGs of a size, each another. */
  static StoredPictures make(Path store, int side) throws IOException {
    List<String> digests = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] jpeg = jpeg(side, new SplittableRandom(i));
      String digest = digest(jpeg);
      Path folder = store.resolve(TENANT).resolve(digest.substring(0, 2));
      Files.createDirectories(folder);
      Files.write(folder.resolve(digest), jpeg);
      digests.add(digest);
      bytes += jpeg.length;
    }
    return new StoredPictures(side, List.copyOf(digests), bytes / COUNT);
  }

  private static byte[] jpeg(int side, SplittableRandom random) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < SHAPES; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      int size = side / 16 + random.nextInt(side / 4);
      graphics.fillOval(random.nextInt(side), random.nextInt(side), size, size);
    }
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return jpeg.toByteArray();
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
