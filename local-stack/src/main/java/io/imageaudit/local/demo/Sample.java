package io.imageaudit.local.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One picture.
 *
 * @param name to show
 * @param file the picture, or null when it is only an address
 * @param url the address, or null when it is a file
 * @param outcome the verdict, or the code of the failure
 * @param categories the violations that must be found
 */
record Sample(
    String name,
    @Nullable Path file,
    @Nullable String url,
    String outcome,
    List<String> categories) {

  /** The picture's media type, by the name of its file. */
  static String mediaType(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return "image/png";
    }
    return name.endsWith(".webp") ? "image/webp" : "image/jpeg";
  }
}
