package io.imageaudit.gateway.overload;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** One connection whose requests have to arrive within a time. */
final class ImpatientProcessor extends Http11Processor {

  private static final double SECOND = 1e9;

  private static final long MOST_DRAINED_BYTES = 32 << 20;

  private final long longestNanos;
  private final long leastBytesPerSecond;
  private final Adapter adapter;

  ImpatientProcessor(
      ImpatientProtocol protocol, Adapter adapter, long longestNanos, long leastBytesPerSecond) {
    super(protocol, adapter);
    this.longestNanos = longestNanos;
    this.leastBytesPerSecond = leastBytesPerSecond;
    this.adapter =
        new DrainingAdapter(
            adapter, MOST_DRAINED_BYTES, () -> setErrorState(ErrorState.CLOSE_CLEAN, null));
    request.setInputBuffer(new TimedBody(request.getInputBuffer()));
  }

  @Override
  public Adapter getAdapter() {
    return adapter;
  }

  /**
   * Called whenever bytes have come. A head that has begun and is not whole keeps its starting
   * time; after a request there is none.
   */
  @Override
  public SocketState service(SocketWrapperBase<?> socket) throws IOException {
    long start = request.getStartTimeNanos();
    return start > 0 && System.nanoTime() - start > longestNanos
        ? SocketState.CLOSED
        : super.service(socket);
  }

  /** Counts the time that is spent on waiting for the bytes of a body. */
  private final class TimedBody implements InputBuffer {

    private final InputBuffer bytes;
    private long of;
    private long waited;

    private TimedBody(InputBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int doRead(ApplicationBufferHandler target) throws IOException {
      if (of != request.getStartTimeNanos()) {
        of = request.getStartTimeNanos();
        waited = 0;
      }
      long start = System.nanoTime();
      int count = bytes.doRead(target);
      waited += System.nanoTime() - start;
      double allowed = longestNanos + SECOND * request.getBytesRead() / leastBytesPerSecond;
      if (count >= 0 && waited > allowed) {
        SocketTimeoutException fault = new SocketTimeoutException("the body comes too slowly");
        setErrorState(ErrorState.CLOSE_CONNECTION_NOW, fault);
        throw fault;
      }
      return count;
    }

    @Override
    public int available() {
      return bytes.available();
    }
  }
}
