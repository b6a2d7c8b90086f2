package io.imageaudit.intake.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where images are kept.
 *
 * @param directory root of the store, on one file system; created when missing
 */
@ConfigurationProperties("image-audit.store")
record StoreSettings(Path directory) {}
