package io.imageaudit.gateway.body;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON object: bounded in size and depth, without duplicate names, with nothing after.
 */
public final class StrictJson {

  private static final JsonMapper TREES = JsonMapper.builder().build();

  private final long maxBytes;
  private final JsonFactory json;

  /**
   * Makes a reader.
   *
   * @param maxBytes largest body
   */
  public StrictJson(long maxBytes) {
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
   * Reads a JSON object as it is.
   *
   * @param known names of the fields that there may be
   * @throws ProblemException when the body is too large, not one JSON object, or has other fields
   */
  public ObjectNode readObject(InputStream body, Set<String> known) {
    ObjectNode object =
        read(body, JsonToken.START_OBJECT, parser -> (ObjectNode) TREES.readTree(parser));
    List<Fault> faults =
        object.propertyNames().stream()
            .filter(name -> !known.contains(name))
            .map(Fault::unknown)
            .toList();
    if (!faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
    return object;
  }

  /**
   * Reads a body.
   *
   * @param value reads the value, from its first token to its last
   * @param first how the value must start
   * @throws ProblemException when the body is too large or not one such value
   */
  public <T> T read(InputStream body, JsonToken first, Function<JsonParser, T> value) {
    try (JsonParser parser =
        json.createParser(ObjectReadContext.empty(), text(new BoundedStream(body, maxBytes)))) {
      if (parser.nextToken() != first) {
        throw ProblemException.of(ProblemCode.MALFORMED_JSON);
      }
      T result = value.apply(parser);
      if (parser.nextToken() != null) {
        throw ProblemException.of(ProblemCode.MALFORMED_JSON);
      }
      return result;
    } catch (JacksonException e) {
      throw ProblemException.of(
          NestedExceptionUtils.getMostSpecificCause(e) instanceof BoundedStream.TooLong
              ? ProblemCode.PAYLOAD_TOO_LARGE
              : ProblemCode.MALFORMED_JSON);
    }
  }

  /** JSON is UTF-8 (RFC 8259, section 8.1), and bytes that are not are not repaired. */
  private static Reader text(InputStream bytes) {
    return new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
  }
}
