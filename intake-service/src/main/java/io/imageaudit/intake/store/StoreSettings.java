package io.imageaudit.intake.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where images are kept.
 *
 * @param kind in files or in an object store
 * @param directory root of the store, on one file system; created when missing. With an object
 *     store only bytes in passage lie here
 * @param s3 the object store, when images are kept in one
 */
@ConfigurationProperties("image-audit.store")
record StoreSettings(
    @DefaultValue("file") Kind kind,
    Path directory,
    @NestedConfigurationProperty @DefaultValue S3Settings s3) {

  /** What images are kept in. */
  enum Kind {
    /** Files of a file system that intake and worker share. */
    FILE,
    /** Objects of an S3-compatible store. */
    S3
  }

  /**
   * Checks that an object store is named where one is wanted.
   *
   * @throws IllegalArgumentException when it is not
   */
  StoreSettings {
    if (kind == Kind.S3 && s3.bucket().isEmpty()) {
      throw new IllegalArgumentException("s3.bucket: (expected: a name, as kind is s3)");
    }
  }
}
