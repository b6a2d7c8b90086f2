package io.imageaudit.gateway.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of the parameters in an address; the container mixes them with the fields of a form. */
final class AddressParameters {

  private AddressParameters() {}

  /** Their names; the container has refused what cannot be decoded. */
  static Set<String> of(HttpServletRequest request) {
    String query = request.getQueryString();
    if (query == null) {
      return Set.of();
    }
    return Arrays.stream(query.split("&"))
        .map(parameter -> URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
