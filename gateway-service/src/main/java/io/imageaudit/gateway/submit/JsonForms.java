package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads audit requests from JSON, token by token, so that one pass finds every field that is
 * unknown or of the wrong type, and nothing is built that was not asked for.
 */
final class JsonForms {

  private static final int MOST_FAULTS = 50;

  private final long maxBytes;
  private final JsonFactory json;

  JsonForms(long maxBytes) {
    this.maxBytes = maxBytes;
    this.json =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength((int) maxBytes)
                    .maxNestingDepth(32)
                    .maxNumberLength(64)
                    .maxNameLength(256)
                    .build())
            .build();
  }

  /**
   * Reads one request.
   *
   * @throws ProblemException when the body is too large or not one JSON object
   */
  AuditForm read(InputStream body) {
    try (JsonParser parser =
        json.createParser(ObjectReadContext.empty(), new BoundedStream(body, maxBytes))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ProblemException.of(ProblemCode.MALFORMED_JSON);
      }
      AuditForm form = form(parser);
      if (parser.nextToken() != null) {
        throw ProblemException.of(ProblemCode.MALFORMED_JSON);
      }
      return form;
    } catch (JacksonException e) {
      throw ProblemException.of(
          NestedExceptionUtils.getMostSpecificCause(e) instanceof BoundedStream.TooLong
              ? ProblemCode.PAYLOAD_TOO_LARGE
              : ProblemCode.MALFORMED_JSON);
    }
  }

  private static AuditForm form(JsonParser parser) {
    Map<String, String> texts = new HashMap<>();
    List<Fault> faults = new ArrayList<>();
    Integer timeoutSec = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL && isKnown(name)) {
        continue; // The same as leaving it out.
      }
      if (name.equals(AuditForm.TIMEOUT_SEC)) {
        timeoutSec = integer(parser, value, faults);
      } else if (!AuditForm.TEXTS.contains(name)) {
        add(faults, Fault.unknown(name));
        parser.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else {
        add(faults, Fault.of(name, "not_text"));
        parser.skipChildren();
      }
    }
    return new AuditForm(texts, timeoutSec, null, faults);
  }

  private static boolean isKnown(String name) {
    return name.equals(AuditForm.TIMEOUT_SEC) || AuditForm.TEXTS.contains(name);
  }

  private static @Nullable Integer integer(JsonParser parser, JsonToken value, List<Fault> faults) {
    if (value == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() == JsonParser.NumberType.INT) {
      return parser.getIntValue();
    }
    add(faults, Fault.of(AuditForm.TIMEOUT_SEC, "not_integer"));
    parser.skipChildren();
    return null;
  }

  private static void add(List<Fault> faults, Fault fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    }
  }
}
