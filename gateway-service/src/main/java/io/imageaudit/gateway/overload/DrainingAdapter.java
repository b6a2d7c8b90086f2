package io.imageaudit.gateway.overload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Reads what is left of a body once the answer is on its way, so that a client that sends first and
 * reads later gets to read it, and so that a request whose body nobody wanted has to arrive within
 * the same time as any other. Left to Tomcat such a body could take for ever.
 */
final class DrainingAdapter implements Adapter {

  private final Adapter next;
  private final long mostBytes;
  private final Runnable close;

  /**
   * Wraps an adapter.
   *
   * @param mostBytes that are read in vain
   * @param close ends the connection after this request
   */
  DrainingAdapter(Adapter next, long mostBytes, Runnable close) {
    this.next = next;
    this.mostBytes = mostBytes;
    this.close = close;
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    next.service(request, response);
    if (isSent(request) && !isAsync(request)) {
      drain(request);
    }
  }

  /**
   * Whether the client sends its body. One that asked whether to go on is told so when the body is
   * first read; until then it sends nothing, and Tomcat closes its connection.
   */
  private static boolean isSent(Request request) {
    return !request.hasExpectation() || request.getBytesRead() > 0;
  }

  private static boolean isAsync(Request request) {
    AtomicBoolean async = new AtomicBoolean();
    request.action(ActionCode.ASYNC_IS_ASYNC, async);
    return async.get();
  }

  private void drain(Request request) {
    long read = 0;
    try {
      for (int count = read(request); count >= 0; count = read(request)) {
        read += count;
        if (read > mostBytes) {
          close.run();
          return;
        }
      }
    } catch (IOException _) {
      close.run(); // Too slow, or gone.
    }
  }

  private static int read(Request request) throws IOException {
    return request.doRead(new Thrown());
  }

  @Override
  public boolean prepare(Request request, Response response) throws Exception {
    return next.prepare(request, response);
  }

  @Override
  public boolean asyncDispatch(Request request, Response response, SocketEvent status)
      throws Exception {
    return next.asyncDispatch(request, response, status);
  }

  @Override
  public void log(Request request, Response response, long time) {
    next.log(request, response, time);
  }

  @Override
  public void checkRecycled(Request request, Response response) {
    next.checkRecycled(request, response);
  }

  @Override
  public String getDomain() {
    return next.getDomain();
  }

  /** Where bytes go that nobody wants. */
  private static final class Thrown implements ApplicationBufferHandler {

    private ByteBuffer bytes = EMPTY_BUFFER;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // The bytes are not kept, so there is always room.
    }
  }
}
