package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.model.ImageRole;
import io.imageaudit.model.Priority;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides whether a request can be audited, and names every field that stands against it. */
final class CheckRequest {

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_@#./:-]{1,128}");

  private final SubmitSettings settings;
  private final Strategies strategies;
  private final ImageChecks images;
  private final AddressChecks addresses;

  CheckRequest(SubmitSettings settings, Strategies strategies, AddressChecks addresses) {
    this.settings = settings;
    this.strategies = strategies;
    this.addresses = addresses;
    this.images = new ImageChecks(settings, addresses);
  }

  /** Checks every field, whatever the others are. */
  Checked check(AuditForm form) {
    List<Fault> faults = new ArrayList<>(form.faults());
    ImageChecks.Outcome image = images.check(form, faults);
    URI callback = callback(form.text(AuditForm.CALLBACK), faults);
    Duration timeout = timeout(form.timeoutSec(), faults);
    String reference =
        matching(form, AuditForm.REFERENCE, text -> REFERENCE.matcher(text).matches(), faults);
    String strategy = matching(form, AuditForm.STRATEGY, strategies::has, faults);
    ImageRole role = choice(form, AuditForm.IMAGE_ROLE, ImageRole.values(), faults);
    Priority priority = choice(form, AuditForm.PRIORITY, Priority.values(), faults);
    if (image.image() == null || !faults.isEmpty()) {
      boolean onlyTooLarge = image.tooLarge() && faults.size() == 1;
      return new Checked.Unacceptable(
          onlyTooLarge ? ProblemCode.PAYLOAD_TOO_LARGE : ProblemCode.VALIDATION_ERROR, faults);
    }
    return new Checked.Acceptable(
        new AuditOrder(
            image.image(),
            callback,
            timeout,
            reference,
            strategy == null ? Strategies.DEFAULT : strategy,
            role,
            priority == null ? Priority.INTERACTIVE : priority));
  }

  private @Nullable URI callback(@Nullable String text, List<Fault> faults) {
    return text == null ? null : addresses.callback(text, faults).orElse(null);
  }

  private Duration timeout(@Nullable Integer seconds, List<Fault> faults) {
    if (seconds == null) {
      return settings.defaultTimeout();
    }
    long most = settings.maxTimeout().toSeconds();
    if (seconds < 1 || seconds > most) {
      faults.add(Fault.of(AuditForm.TIMEOUT_SEC, "not_between", 1, most));
    }
    return Duration.ofSeconds(seconds);
  }

  private static @Nullable String matching(
      AuditForm form, String field, Predicate<String> rule, List<Fault> faults) {
    String text = form.text(field);
    if (text != null && !rule.test(text)) {
      faults.add(Fault.of(field, field));
    }
    return text;
  }

  private static <T extends Enum<T>> @Nullable T choice(
      AuditForm form, String field, T[] choices, List<Fault> faults) {
    String text = form.text(field);
    if (text == null) {
      return null;
    }
    Optional<T> choice =
        Arrays.stream(choices).filter(candidate -> name(candidate).equals(text)).findFirst();
    if (choice.isEmpty()) {
      String names =
          Arrays.stream(choices).map(CheckRequest::name).collect(Collectors.joining(", "));
      faults.add(Fault.of(field, "not_one_of", names));
    }
    return choice.orElse(null);
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
