package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.body.StrictJson;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads audit requests from JSON, token by token, so that one pass finds every field that is
 * unknown or of the wrong type, and nothing is built that was not asked for.
 */
final class JsonForms {

  private static final String ITEMS = "items";
  private static final int MOST_FAULTS = 50;

  /** Enough for the fields of every item, as the images are beside them. */
  private static final int MOST_BYTES_BESIDE_FILES = 1 << 20;

  private final StrictJson single;
  private final StrictJson several;
  private final StrictJson beside = new StrictJson(MOST_BYTES_BESIDE_FILES);
  private final int maxItems;

  /**
   * Makes a reader.
   *
   * @param maxBytes largest body of one request
   * @param maxBatchBytes largest body of several requests
   * @param maxItems most requests in one body
   */
  JsonForms(long maxBytes, long maxBatchBytes, int maxItems) {
    this.single = new StrictJson(maxBytes);
    this.several = new StrictJson(maxBatchBytes);
    this.maxItems = maxItems;
  }

  /**
   * Reads one request.
   *
   * @throws ProblemException when the body is too large or not one JSON object
   */
  AuditForm read(InputStream body) {
    return single.read(body, JsonToken.START_OBJECT, JsonForms::form);
  }

  /**
   * Reads {@code {"items": [...]}}.
   *
   * @throws ProblemException when the body is too large or has another form
   */
  List<AuditForm> readItems(InputStream body) {
    return several.read(body, JsonToken.START_OBJECT, this::items);
  }

  /**
   * Reads {@code [...]}, the fields beside several file parts.
   *
   * @throws ProblemException when the part is too large or has another form
   */
  List<AuditForm> readList(InputStream part) {
    return beside.read(part, JsonToken.START_ARRAY, this::list);
  }

  private List<AuditForm> items(JsonParser parser) {
    List<AuditForm> items = null;
    List<Fault> faults = new ArrayList<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (!name.equals(ITEMS)) {
        add(faults, Fault.unknown(name));
        parser.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        items = list(parser);
      } else {
        add(faults, Fault.of(ITEMS, "not_list"));
        parser.skipChildren();
      }
    }
    if (items == null && faults.isEmpty()) {
      faults.add(Fault.of(ITEMS, "not_list"));
    }
    if (items == null || !faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
    return items;
  }

  private List<AuditForm> list(JsonParser parser) {
    List<AuditForm> items = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (items.size() == maxItems) {
        throw ProblemException.of(
            ProblemCode.VALIDATION_ERROR, List.of(Fault.of(ITEMS, "too_many", maxItems)));
      }
      if (next == JsonToken.START_OBJECT) {
        items.add(form(parser));
      } else {
        parser.skipChildren();
        items.add(AuditForm.unreadable(Fault.of("item", "not_object")));
      }
    }
    return items;
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
