package io.imageaudit.worker.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies in a folder. A changed file is a new version, taken up at the next {@link #refresh}; a
 * file that is no policy is reported, and the version before it stays.
 */
final class FilePolicies implements Policies {

  private static final Logger LOG = LoggerFactory.getLogger(FilePolicies.class);
  private static final Pattern NAME = Pattern.compile("([a-z0-9-]{1,40})\\.yaml");
  private static final long MAX_BYTES = 1 << 20;

  private final Path directory;
  private final PolicyReader reader = new PolicyReader();
  private volatile Map<String, Policy> policies;

  /**
   * Reads all policies.
   *
   * @throws IllegalArgumentException when a file is no policy, or there is none
   */
  FilePolicies(Path directory) {
    this.directory = directory;
    Map<String, Policy> read = new HashMap<>();
    contents().forEach((strategy, content) -> read.put(strategy, reader.read(strategy, content)));
    if (read.isEmpty()) {
      throw new IllegalArgumentException(
          "image-audit.policy.directory: " + directory.toAbsolutePath() + " (expected: policies)");
    }
    this.policies = Map.copyOf(read);
  }

  @Override
  public Optional<Policy> of(String strategy) {
    return Optional.ofNullable(policies.get(strategy));
  }

  /** Takes up what has changed. */
  void refresh() {
    Map<String, Policy> now = new HashMap<>();
    contents().forEach((strategy, content) -> replace(now, strategy, content));
    policies = Map.copyOf(now);
  }

  private void replace(Map<String, Policy> now, String strategy, byte[] content) {
    Policy before = policies.get(strategy);
    try {
      Policy read = reader.read(strategy, content);
      now.put(strategy, read);
      if (before == null || !before.ref().equals(read.ref())) {
        LOG.info("policy {} version {} is in force", strategy, read.ref().version());
      }
    } catch (IllegalArgumentException e) {
      LOG.error("policy {} stays as it is: {}", strategy, e.getMessage());
      if (before != null) {
        now.put(strategy, before);
      }
    }
  }

  private Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.size(file) <= MAX_BYTES) {
          contents.put(name.group(1), Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("image-audit.policy.directory: " + directory, e);
    }
    return contents;
  }
}
