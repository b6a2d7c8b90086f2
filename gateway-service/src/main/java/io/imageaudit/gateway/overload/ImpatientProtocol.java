package io.imageaudit.gateway.overload;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 as Tomcat speaks it, with limits on how long a request may take to arrive as a whole.
 * Tomcat's own limit begins anew with every byte, so a client that sends one now and then would
 * hold its connection for ever.
 */
public final class ImpatientProtocol extends Http11NioProtocol {

  private volatile Duration longestArrival = Duration.ofSeconds(10);
  private volatile long leastBytesPerSecond = 4 << 10;

  /** Made by Tomcat, by its name. */
  public ImpatientProtocol() {
    // A client that asks whether to go on sends nothing that nobody wants.
    setContinueResponseTiming("onRead");
  }

  /**
   * Sets the limits.
   *
   * @param longest for a head, and for a body that is not faster than the rate
   * @param leastRate bytes per second that prolong the time for a body
   */
  void limit(Duration longest, long leastRate) {
    longestArrival = longest;
    leastBytesPerSecond = leastRate;
  }

  @Override
  protected Processor createProcessor() {
    return new ImpatientProcessor(
        this, getAdapter(), longestArrival.toNanos(), leastBytesPerSecond);
  }
}
