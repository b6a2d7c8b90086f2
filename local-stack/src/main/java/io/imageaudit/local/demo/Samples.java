package io.imageaudit.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pictures of the folder {@code samples/}, with what becomes of each. */
final class Samples {

  private Samples() {}

  /** Reads {@code expected.json}. */
  static List<Sample> in(Path folder) throws IOException {
    Path list = folder.resolve("expected.json");
    if (!Files.exists(list)) {
      throw new IllegalStateException("there are no samples: " + list + " is missing");
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode entry : JsonMapper.shared().readTree(Files.readString(list))) {
      samples.add(sample(folder, entry));
    }
    return samples;
  }

  private static Sample sample(Path folder, JsonNode entry) {
    List<String> categories = new ArrayList<>();
    entry.path("categories").forEach(category -> categories.add(category.asString()));
    String outcome =
        entry.has("verdict") ? entry.get("verdict").asString() : entry.get("code").asString();
    if (entry.has("url")) {
      String url = entry.get("url").asString();
      return new Sample("-> " + url, null, url, outcome, categories);
    }
    String name = entry.get("file").asString();
    return new Sample(name, folder.resolve(name), null, outcome, categories);
  }
}
