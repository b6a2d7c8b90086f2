package io.imageaudit.model;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Place in a distributed trace, as the {@code traceparent} header says it (W3C Trace Context,
 * section 3.2).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param sampled whether the caller records the trace
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {

  /** Name of the header, in HTTP, gRPC and Kafka alike. */
  public static final String HEADER = "traceparent";

  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Starts a trace. */
  public static TraceParent start(RandomGenerator random) {
    return new TraceParent(nonZeroHex(random) + nonZeroHex(random), nonZeroHex(random), true);
  }

  /** Continues a known trace in a new span. */
  public static TraceParent within(String traceId, RandomGenerator random) {
    return new TraceParent(traceId, nonZeroHex(random), true);
  }

  /**
   * The step that an identity stands for: whoever knows the identity can name the step, without
   * having been told.
   *
   * @param identity of which the lower half counts; that of a UUID is never zero
   */
  public static TraceParent named(String traceId, UUID identity) {
    return new TraceParent(
        traceId, HexFormat.of().toHexDigits(identity.getLeastSignificantBits()), true);
  }

  /** Reads a header that may be anything; empty when it is not a version 00 {@code traceparent}. */
  public static Optional<TraceParent> parse(String header) {
    if (!FORM.matcher(header).matches()) {
      return Optional.empty();
    }
    boolean sampled = (HexFormat.fromHexDigits(header, 53, 55) & 1) == 1;
    return Optional.of(new TraceParent(header.substring(3, 35), header.substring(36, 52), sampled));
  }

  /** Whether the text can be a trace id. */
  public static boolean isTraceId(String text) {
    return TRACE_ID.matcher(text).matches();
  }

  /** The next span of the same trace. */
  public TraceParent child(RandomGenerator random) {
    return new TraceParent(traceId, nonZeroHex(random), sampled);
  }

  private static String nonZeroHex(RandomGenerator random) {
    return HexFormat.of().toHexDigits(random.nextLong() | 1L);
  }

  /** The header's value. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }
}
