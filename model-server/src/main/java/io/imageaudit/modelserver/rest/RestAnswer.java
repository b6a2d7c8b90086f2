package io.imageaudit.modelserver.rest;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP response.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body the parts of its body, in order
 */
public record RestAnswer(int status, Map<String, String> headers, List<ByteBuffer> body) {

  /** JSON with status 200. */
  public static RestAnswer json(Object value) {
    return json(200, value);
  }

  /** JSON. */
  public static RestAnswer json(int status, Object value) {
    return new RestAnswer(
        status,
        Map.of("Content-Type", "application/json"),
        List.of(ByteBuffer.wrap(JsonText.MAPPER.writeValueAsBytes(value))));
  }

  /** JSON that is already written, with status 200. */
  public static RestAnswer written(byte[] json) {
    return new RestAnswer(
        200, Map.of("Content-Type", "application/json"), List.of(ByteBuffer.wrap(json)));
  }

  /** The error object that all protocols here use. */
  public static RestAnswer error(int status, @Nullable String message) {
    return json(status, Map.of("error", message == null ? "error" : message));
  }

  /** No body. */
  public static RestAnswer empty(int status) {
    return new RestAnswer(status, Map.of(), List.of());
  }
}
