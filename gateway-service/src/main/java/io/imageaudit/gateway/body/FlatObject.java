package io.imageaudit.gateway.body;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A small JSON object whose fields are texts or lists of texts. Collects what is wrong with it. */
public final class FlatObject {

  private static final int MOST_BYTES = 64 << 10;

  private final Map<String, Object> fields = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private FlatObject() {}

  /**
   * Reads a body.
   *
   * @param known names of the fields that there may be
   * @throws ProblemException when it is no JSON object, or too large
   */
  public static FlatObject read(InputStream body, Set<String> known) {
    return new StrictJson(MOST_BYTES)
        .read(body, JsonToken.START_OBJECT, parser -> read(parser, known));
  }

  private static FlatObject read(JsonParser parser, Set<String> known) {
    FlatObject object = new FlatObject();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (!known.contains(name)) {
        object.faults.add(Fault.unknown(name));
        parser.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        object.fields.put(name, parser.getString());
      } else if (value == JsonToken.START_ARRAY) {
        object.fields.put(name, object.texts(parser, name));
      } else if (value != JsonToken.VALUE_NULL) {
        object.faults.add(Fault.of(name, "not_text"));
        parser.skipChildren();
      }
    }
    return object;
  }

  private List<String> texts(JsonParser parser, String name) {
    List<String> texts = new ArrayList<>();
    boolean valid = true;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (next == JsonToken.VALUE_STRING) {
        texts.add(parser.getString());
      } else {
        valid = false;
        parser.skipChildren();
      }
    }
    if (!valid) {
      faults.add(Fault.of(name, "not_text"));
    }
    return texts;
  }

  /** The text of a field; null when there is none. A list is a fault. */
  public @Nullable String text(String name) {
    Object value = fields.get(name);
    if (value instanceof List<?>) {
      faults.add(Fault.of(name, "not_text"));
    }
    return value instanceof String text ? text : null;
  }

  /** The texts of a field; null when there are none. A single text is a fault. */
  public @Nullable List<String> list(String name) {
    Object value = fields.get(name);
    if (value instanceof String) {
      faults.add(Fault.of(name, "not_list"));
    }
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : null;
  }

  /** Adds what is wrong. */
  public void fault(Fault fault) {
    faults.add(fault);
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException when anything was wrong
   */
  public void check() {
    if (!faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
  }
}
