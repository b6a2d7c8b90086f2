package io.imageaudit.worker.inference;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP exchanges that end in time and stay within a size, whatever the server does. A time-out of
 * the request itself would end with the answer's headers; a body may then take for ever.
 */
final class BoundedHttp {

  private final HttpClient http;

  BoundedHttp(HttpClient http) {
    this.http = http;
  }

  /**
   * Sends a request and waits for the last byte of its answer.
   *
   * @param limit for all of it
   * @param most bytes of the answer
   * @throws HttpTimeoutException when it took longer
   * @throws AnswerTooLargeException when the answer is larger
   */
  HttpResponse<byte[]> send(HttpRequest request, Duration limit, int most)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, _ -> new BoundedBody(most));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("no answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
    } finally {
      answer.cancel(true); // Closes the connection when the exchange has not ended.
    }
  }
}
