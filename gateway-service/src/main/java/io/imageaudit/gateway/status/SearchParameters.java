package io.imageaudit.gateway.status;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.Verdict;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what is looked for from the parameters of a request, and names each that is wrong. */
final class SearchParameters {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  private static final Set<String> KNOWN =
      Set.of("status", "verdict", "category", "reference", "from", "to", "limit", "cursor");
  private static final int LONGEST = 256;

  private final Map<String, String[]> parameters;
  private final List<Fault> faults = new ArrayList<>();

  private SearchParameters(Map<String, String[]> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads them.
   *
   * @throws ProblemException when one is unknown, given twice or wrong
   */
  static AuditSearch read(Map<String, String[]> parameters) {
    return new SearchParameters(parameters).search();
  }

  private AuditSearch search() {
    parameters.forEach((name, values) -> {
      if (!KNOWN.contains(name)) {
        faults.add(Fault.unknown(name));
      } else if (values.length > 1) {
        faults.add(Fault.of(name, "twice"));
      }
    });
    Integer limit = value("limit", SearchParameters::limit, "not_between", 1, MAX_LIMIT);
    AuditSearch search =
        new AuditSearch(
            choice("status", AuditStatus.values()),
            choice("verdict", Verdict.values()),
            value("category", SearchParameters::category, "category"),
            value("reference", Optional::of, "reference"),
            value("from", SearchParameters::time, "not_time"),
            value("to", SearchParameters::time, "not_time"),
            value("cursor", Cursors::read, "not_cursor"),
            limit == null ? DEFAULT_LIMIT : limit);
    if (!faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
    return search;
  }

  private <T> @Nullable T value(
      String name, Function<String, Optional<T>> reader, String reason, Object... details) {
    String[] values = parameters.get(name);
    if (values == null) {
      return null;
    }
    boolean plain = values[0].length() <= LONGEST && values[0].indexOf('\0') < 0;
    Optional<T> value = plain ? reader.apply(values[0]) : Optional.empty();
    if (value.isEmpty()) {
      faults.add(Fault.of(name, reason, details));
    }
    return value.orElse(null);
  }

  private <T extends Enum<T>> @Nullable T choice(String name, T[] choices) {
    return value(
        name,
        text -> Arrays.stream(choices).filter(choice -> choice.name().equals(text)).findFirst(),
        "not_one_of",
        String.join(", ", Arrays.stream(choices).map(Enum::name).toList()));
  }

  private static Optional<Integer> limit(String text) {
    return text.matches("[0-9]{1,3}")
        ? Optional.of(Integer.valueOf(text)).filter(limit -> limit >= 1 && limit <= MAX_LIMIT)
        : Optional.empty();
  }

  private static Optional<Category> category(String text) {
    try {
      return Optional.of(new Category(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-01-01T00:00:00Z"))
          ? Optional.empty()
          : Optional.of(time);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** Cursors: where the next page starts. They hold nothing that their reader may not know. */
  static final class Cursors {

    private static final String PREFIX = "a";

    private Cursors() {}

    static String write(AuditId last) {
      return PREFIX + last.toString().replace("-", "");
    }

    static Optional<AuditId> read(String text) {
      if (!text.matches("a[0-9a-f]{32}")) {
        return Optional.empty();
      }
      return AuditId.parse(
          text.substring(1).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }
  }
}
