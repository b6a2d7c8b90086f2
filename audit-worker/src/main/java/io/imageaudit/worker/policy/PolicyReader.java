package io.imageaudit.worker.policy;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.PolicyRef;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a policy from its file's bytes; a misspelt word is an error, not ignored. */
final class PolicyReader {

  private final JsonMapper strict =
      AuditJson.mapper()
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * The policy that the bytes say.
   *
   * @throws IllegalArgumentException when they are not a policy; the message says where
   */
  Policy read(String strategy, byte[] content) {
    try {
      Object tree =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(new String(content, StandardCharsets.UTF_8));
      if (tree == null) {
        throw new IllegalArgumentException(strategy + ".yaml: (expected: not empty)");
      }
      PolicyDocument document = strict.convertValue(tree, PolicyDocument.class);
      return new Policy(new PolicyRef(strategy, ContentDigest.of(content).hex()), document);
    } catch (YAMLException | JacksonException e) {
      throw new IllegalArgumentException(strategy + ".yaml: " + e.getMessage(), e);
    }
  }
}
