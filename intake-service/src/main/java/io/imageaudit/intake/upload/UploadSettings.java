package io.imageaudit.intake.upload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be uploaded.
 *
 * @param maxBytes largest image
 */
@ConfigurationProperties("image-audit.upload")
record UploadSettings(@DefaultValue("20MB") DataSize maxBytes) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  UploadSettings {
    if (maxBytes.toBytes() < 1) {
      throw new IllegalArgumentException("max-bytes: " + maxBytes + " (expected: > 0)");
    }
  }
}
