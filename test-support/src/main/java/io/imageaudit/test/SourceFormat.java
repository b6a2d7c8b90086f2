package io.imageaudit.test;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one layout of Java sources: google-java-format. It runs as a test because the formatter must
 * know the language that it formats, and tests run on the project's JDK whatever runs Maven.
 */
final class SourceFormat {

  private final Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());

  /** Files below {@code folder} that are laid out otherwise; corrected when {@code apply}. */
  List<Path> deviations(Path folder, boolean apply) throws IOException {
    List<Path> deviations = new ArrayList<>();
    for (Path file : javaFiles(folder)) {
      String source = Files.readString(file);
      String formatted = format(file, source);
      if (!source.equals(formatted)) {
        deviations.add(file);
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }
    return deviations;
  }

  private String format(Path file, String source) {
    try {
      String tidy = RemoveUnusedImports.removeUnusedImports(source);
      tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
      return formatter.formatSource(tidy);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
