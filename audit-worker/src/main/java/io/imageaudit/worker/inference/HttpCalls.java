package io.imageaudit.worker.inference;

import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Failed.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP to one model server: deadline, credentials, trace, a bound on the answer's size. */
final class HttpCalls {

  private static final int LONGEST_MESSAGE = 300;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private final BoundedHttp http;
  private final Credentials credentials;
  private final InstantSource clock;
  private final int maxAnswer;

  HttpCalls(HttpClient http, Credentials credentials, InstantSource clock, int maxAnswer) {
    this.http = new BoundedHttp(http);
    this.credentials = credentials;
    this.clock = clock;
    this.maxAnswer = maxAnswer;
  }

  /** How a call ended: with an answer of status 200, or not. */
  sealed interface Reply {

    /**
     * Status 200.
     *
     * @param body its bytes
     * @param headers of the answer
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Ok(byte[] body, java.net.http.HttpHeaders headers) implements Reply {}

    /**
     * Anything else.
     *
     * @param failed what it means
     * @param status of the answer; 0 when there was none
     * @param body the beginning of the answer
     */
    record Bad(Failed failed, int status, String body) implements Reply {}
  }

  /** Posts and waits for the whole answer, no longer than the batch's deadline. */
  Reply post(URI to, InferenceBatch batch, List<byte[]> body, List<String> headers) {
    String token = credentials.value(); // May take a while, which is then no longer left.
    Duration left = Duration.between(clock.instant(), batch.deadline());
    if (left.isNegative() || left.isZero()) {
      return bad(new Failed(Kind.NOT_TRIED, "NO_TIME", "the deadline has passed"));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .header(TraceParent.HEADER, batch.trace().toString())
            .POST(ofKnownLength(body));
    for (int at = 0; at < headers.size(); at += 2) {
      request.header(headers.get(at), headers.get(at + 1));
    }
    if (token != null) {
      request.header(credentials.header(), token);
    }
    return send(request.build(), left);
  }

  /** With its length: a body in chunks is one that some servers do not read. */
  private static BodyPublisher ofKnownLength(List<byte[]> body) {
    long length = body.stream().mapToLong(part -> part.length).sum();
    return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(body), length);
  }

  private Reply send(HttpRequest request, Duration left) {
    try {
      HttpResponse<byte[]> answer = http.send(request, left, maxAnswer);
      return answer.statusCode() == 200
          ? new Reply.Ok(answer.body(), answer.headers())
          : refused(answer, new String(answer.body(), StandardCharsets.UTF_8));
    } catch (AnswerTooLargeException e) {
      return bad(new Failed(Kind.REJECTED, "ANSWER_TOO_LARGE", String.valueOf(e.getMessage())));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return bad(new Failed(Kind.UNAVAILABLE, "UNREACHABLE", cut(String.valueOf(e.getMessage()))));
    } catch (HttpTimeoutException _) {
      return bad(new Failed(Kind.TIMED_OUT, "TIMEOUT", "no answer in time"));
    } catch (IOException e) {
      return bad(new Failed(Kind.UNAVAILABLE, "CONNECTION", cut(String.valueOf(e.getMessage()))));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return bad(new Failed(Kind.NOT_TRIED, "STOPPING", "interrupted"));
    }
  }

  private Reply refused(HttpResponse<?> answer, String body) {
    int status = answer.statusCode();
    Failed failed = new Failed(kind(status), "HTTP_" + status, cut(body), retryAfter(answer));
    return new Reply.Bad(failed, status, body);
  }

  /** What a status means, whoever sends it. */
  static Kind kind(int status) {
    return switch (status) {
      case 408, 504 -> Kind.TIMED_OUT;
      case 409, 425, 429, 499, 502, 503 -> Kind.UNAVAILABLE;
      case 400, 413, 422 -> Kind.REJECTED;
      case 500 -> Kind.FAULTY;
      default -> status > 500 ? Kind.UNAVAILABLE : Kind.MISCONFIGURED;
    };
  }

  /** {@code Retry-After} in seconds or as a date (RFC 9110 section 10.2.3). */
  private @Nullable Duration retryAfter(HttpResponse<?> answer) {
    String value = answer.headers().firstValue("Retry-After").orElse("");
    if (value.matches("\\d{1,18}")) {
      return capped(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant when = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
      return capped(Duration.between(clock.instant(), when));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Duration capped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER;
  }

  private static Reply bad(Failed failed) {
    return new Reply.Bad(failed, 0, "");
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
  }
}
