package io.imageaudit.modelserver.rest;

import com.sun.net.httpserver.Headers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param method such as GET
 * @param path the decoded segments of the path
 * @param headers the request's headers
 * @param body its bytes, empty when there are none
 */
public record RestCall(String method, List<String> path, Headers headers, ByteBuffer body) {

  /** The first header of that name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }
}
