package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges addresses by their text alone; who connects looks at the numbers behind the names. */
final class AddressChecks {

  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,2048}");

  private final OutboundGuard guard;

  AddressChecks(OutboundGuard guard) {
    this.guard = guard;
  }

  /**
   * Checks where an image is. A host that may not be connected to is not refused here: whether a
   * name stands for such a host shows only later, and both get the same answer, the audit's.
   */
  Optional<URI> image(String text, List<Fault> faults) {
    return check(AuditForm.IMAGE_URL, text, faults, Refusal.Rule.ADDRESS);
  }

  /** Checks where the result goes. */
  Optional<URI> callback(String text, List<Fault> faults) {
    return check(AuditForm.CALLBACK, text, faults, null);
  }

  private Optional<URI> check(
      String field, String text, List<Fault> faults, Refusal.@Nullable Rule left) {
    if (!PRINTABLE.matcher(text).matches()) {
      faults.add(Fault.of(field, "address_text"));
      return Optional.empty();
    }
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException _) {
      faults.add(Fault.of(field, "address_text"));
      return Optional.empty();
    }
    Optional<Refusal> refusal = guard.inspect(address).filter(reason -> reason.rule() != left);
    refusal.ifPresent(reason -> faults.add(fault(field, reason.rule())));
    return refusal.isEmpty() ? Optional.of(address) : Optional.empty();
  }

  private static Fault fault(String field, Refusal.Rule rule) {
    return Fault.of(field, "address_" + rule.name().toLowerCase(Locale.ROOT));
  }
}
