package io.imageaudit.worker.image;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where images are read.
 *
 * @param directory root of the content store
 * @param maxImage largest file that is read, bytes
 */
@ConfigurationProperties("image-audit.store")
public record StoreSettings(
    @DefaultValue("data/images") String directory, @DefaultValue("32MB") DataSize maxImage) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public StoreSettings {
    if (maxImage.toBytes() < 1) {
      throw new IllegalArgumentException("max-image: " + maxImage + " (expected: > 0)");
    }
  }
}
