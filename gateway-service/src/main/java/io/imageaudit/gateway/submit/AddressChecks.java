package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges addresses by their text alone; who connects looks at the numbers behind the names. */
final class AddressChecks {

  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

  private final int maxLength;
  private final Predicate<URI> allowed;

  /**
   * Makes the checks.
   *
   * @param maxLength longest address, characters
   * @param allowed whether the address may be connected to, as far as its text tells
   */
  AddressChecks(int maxLength, Predicate<URI> allowed) {
    this.maxLength = maxLength;
    this.allowed = allowed;
  }

  Optional<URI> check(String field, String text, List<Fault> faults) {
    if (text.length() > maxLength) {
      faults.add(Fault.of(field, "too_long", maxLength));
      return Optional.empty();
    }
    URI address = PRINTABLE.matcher(text).matches() ? parse(text) : null;
    if (address == null || !isHttp(address) || address.getHost() == null) {
      faults.add(Fault.of(field, "not_http"));
      return Optional.empty();
    }
    if (!allowed.test(address)) {
      faults.add(Fault.of(field, "forbidden_address"));
      return Optional.empty();
    }
    return Optional.of(address);
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private static boolean isHttp(URI address) {
    return "http".equalsIgnoreCase(address.getScheme())
        || "https".equalsIgnoreCase(address.getScheme());
  }
}
