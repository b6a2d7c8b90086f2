package io.imageaudit.worker.image;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where images are read.
 *
 * @param kind in files or in an object store
 * @param directory root of the content store, when images are kept in files
 * @param maxImage largest file that is read, bytes
 * @param s3 the object store, when images are kept in one
 */
@ConfigurationProperties("image-audit.store")
public record StoreSettings(
    @DefaultValue("file") Kind kind,
    @DefaultValue("data/images") String directory,
    @DefaultValue("32MB") DataSize maxImage,
    @NestedConfigurationProperty @DefaultValue S3Settings s3) {

  /** What images are kept in. */
  public enum Kind {
    /** Files of a file system that intake and worker share. */
    FILE,
    /** Objects of an S3-compatible store. */
    S3
  }

  /**
   * Checks the size, and that an object store is named where one is wanted.
   *
   * @throws IllegalArgumentException when the size is not positive or no bucket is named
   */
  public StoreSettings {
    if (maxImage.toBytes() < 1) {
      throw new IllegalArgumentException("max-image: " + maxImage + " (expected: > 0)");
    }
    if (kind == Kind.S3 && s3.bucket().isEmpty()) {
      throw new IllegalArgumentException("s3.bucket: (expected: a name, as kind is s3)");
    }
  }
}
