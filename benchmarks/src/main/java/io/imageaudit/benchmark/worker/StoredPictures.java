package io.imageaudit.benchmark.worker;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TenantId;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/**
 * JPEG files in a content store, of the kind that shops have: shapes, edges, soft noise.
 *
 * @param store root of the content store
 * @param facts one per file
 */
record StoredPictures(Path store, List<ImageFacts> facts) {

  static final TenantId TENANT = new TenantId("acme");

  /** Copies the list. */
  StoredPictures {
    facts = List.copyOf(facts);
  }

  /** Draws and stores files of this side, in pixels. */
  static StoredPictures draw(Path store, int count, int side) throws IOException {
    RandomGenerator random = new Random(side);
    List<ImageFacts> facts = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      byte[] file = jpeg(picture(side, random));
      ContentDigest digest = ContentDigest.of(file);
      Path at = file(store, digest);
      Files.createDirectories(at.getParent());
      Files.write(at, file);
      facts.add(new ImageFacts(digest, "jpeg", side, side, file.length, 1, null));
    }
    return new StoredPictures(store, facts);
  }

  /** Where a file lies. */
  static Path file(Path store, ContentDigest digest) {
    String hex = digest.hex();
    return store.resolve(TENANT.value()).resolve(hex.substring(0, 2)).resolve(hex);
  }

  private static BufferedImage picture(int side, RandomGenerator random) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    for (int shape = 0; shape < 60; shape++) {
      g.setColor(new Color(random.nextInt(1 << 24)));
      int size = side / 12 + random.nextInt(side / 3);
      int x = random.nextInt(side) - size / 2;
      int y = random.nextInt(side) - size / 2;
      if (shape % 2 == 0) {
        g.fillOval(x, y, size, size);
      } else {
        g.fillRoundRect(x, y, size, size / 2, size / 5, size / 5);
      }
    }
    g.dispose();
    for (int at = 0; at < side * side; at++) {
      int grain = random.nextInt(9);
      image.setRGB(at % side, at / side, image.getRGB(at % side, at / side) ^ grain * 0x010101);
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", file);
    return file.toByteArray();
  }
}
