package io.imageaudit.model;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** How values become JSON in events, stored documents and callbacks: snake_case, ISO 8601 times. */
public final class AuditJson {

  private static final int MAX_DOCUMENT_CHARACTERS = 4 << 20;

  private AuditJson() {}

  /** A mapper that ignores what it does not know, so that newer writers can add fields. */
  public static JsonMapper mapper() {
    JsonFactory bounded =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_DOCUMENT_CHARACTERS)
                    .maxNestingDepth(32)
                    .build())
            .build();
    return JsonMapper.builder(bounded)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }
}
