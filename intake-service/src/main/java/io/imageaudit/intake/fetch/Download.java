package io.imageaudit.intake.fetch;

import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;

/** One download in progress: what to cut when it is abandoned. */
final class Download {

  private final long start = System.nanoTime();
  private final long deadline;
  private @Nullable HttpGet current;
  private boolean abandoned;

  /**
   * Starts the clock.
   *
   * @param deadline end, as {@link System#nanoTime()} counts
   */
  Download(long deadline) {
    this.deadline = deadline;
  }

  /**
   * The next request.
   *
   * @throws InterruptedIOException when the download is abandoned or its time is over
   */
  synchronized HttpGet request(URI address) throws InterruptedIOException {
    if (abandoned || System.nanoTime() - deadline >= 0) {
      throw new InterruptedIOException("no time is left");
    }
    HttpGet request = new HttpGet(URI.create(address.toASCIIString()));
    current = request;
    return request;
  }

  /** Since it began. */
  long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  synchronized void abandon() {
    abandoned = true;
    if (current != null) {
      current.cancel();
    }
  }
}
