package io.imageaudit.worker.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies in a folder. A changed file is a new version, taken up when two looks ({@link #refresh})
 * in a row see the same: one alone may see a file half written, or a folder that is being replaced.
 * A file that is no policy is reported, and the version before it stays; so does the last policy.
 */
final class FilePolicies implements Policies {

  private static final Logger LOG = LoggerFactory.getLogger(FilePolicies.class);
  private static final FileContent GONE = new FileContent.Gone();
  private static final Pattern NAME = Pattern.compile("([a-z0-9-]{1,40})\\.yaml");

  private final Path directory;
  private final PolicyReader reader = new PolicyReader();
  private volatile Map<String, Policy> policies;
  private Map<String, FileContent> before;

  /**
   * Reads all policies.
   *
   * @throws IllegalArgumentException when a file is no policy, or there is none
   */
  FilePolicies(Path directory) {
    this.directory = directory;
    this.before = contents();
    Map<String, Policy> read = new HashMap<>();
    before.forEach((strategy, content) -> read.put(strategy, readable(strategy, content)));
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

  /** Takes up what has changed, if it looks as it did at the last look. */
  void refresh() {
    Map<String, FileContent> looked = contents();
    if (looked.isEmpty()) {
      LOG.error("{} has no policies; the ones in force stay", directory);
      return;
    }
    Map<String, Policy> now = new HashMap<>(policies);
    Set<String> strategies = new TreeSet<>(looked.keySet());
    strategies.addAll(policies.keySet());
    for (String strategy : strategies) {
      FileContent content = looked.getOrDefault(strategy, GONE);
      if (content.equals(before.getOrDefault(strategy, GONE))) {
        takeUp(now, strategy, content);
      }
    }
    before = looked;
    policies = now.isEmpty() ? policies : Map.copyOf(now);
  }

  private void takeUp(Map<String, Policy> now, String strategy, FileContent content) {
    if (content.equals(GONE)) {
      now.remove(strategy);
      LOG.warn("policy {} is no longer in force: its file is gone", strategy);
      return;
    }
    try {
      Policy read = readable(strategy, content);
      Policy replaced = now.put(strategy, read);
      if (replaced == null || !replaced.ref().equals(read.ref())) {
        LOG.info("policy {} version {} is in force", strategy, read.ref().version());
      }
    } catch (IllegalArgumentException e) {
      LOG.error("policy {} stays as it is: {}", strategy, e.getMessage());
    }
  }

  private Policy readable(String strategy, FileContent content) {
    return switch (content) {
      case FileContent.Read read -> reader.read(strategy, read.bytes());
      case FileContent.TooLarge _, FileContent.Gone _ ->
          throw new IllegalArgumentException(
              strategy + ".yaml: (expected: at most " + FileContent.MOST_BYTES + " bytes)");
    };
  }

  private Map<String, FileContent> contents() {
    Map<String, FileContent> contents = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          contents.put(name.group(1), FileContent.of(file));
        } else if (file.toString().endsWith(".yaml")) {
          LOG.warn("{} is skipped (expected: {})", file, NAME);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(
          "image-audit.policy.directory: " + directory,
          e instanceof IOException fault ? fault : new IOException(e));
    }
    return contents;
  }
}
