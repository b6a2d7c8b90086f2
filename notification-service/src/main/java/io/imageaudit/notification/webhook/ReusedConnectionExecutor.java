package io.imageaudit.notification.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells a connection that broke because its receiver had closed it in the meantime from one that
 * broke at this request: it had been used before, and not a byte of an answer came.
 */
final class ReusedConnectionExecutor extends HttpRequestExecutor {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback information,
      HttpContext context)
      throws IOException, HttpException {
    EndpointDetails counts = connection.getEndpointDetails();
    boolean used = counts != null && counts.getResponseCount() > 0;
    long received = used ? counts.getReceivedBytesCount() : 0;
    try {
      return super.execute(request, connection, information, context);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      if (used && counts.getReceivedBytesCount() == received) {
        throw new StaleConnectionException(e);
      }
      throw e;
    }
  }
}
