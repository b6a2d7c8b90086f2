package io.imageaudit.intake.fetch;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The connection over which an answer came.
 *
 * @param connectedTo address and port
 * @param tls version of TLS
 * @param contentType as the server said it, without what cannot be printed
 */
record Connection(
    @Nullable String connectedTo, @Nullable String tls, @Nullable String contentType) {

  static Connection of(HttpClientContext context, HttpResponse response) {
    EndpointDetails endpoint = context.getEndpointDetails();
    Header contentType = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    return new Connection(
        endpoint == null ? null : String.valueOf(endpoint.getRemoteAddress()),
        context.getSSLSession() == null ? null : context.getSSLSession().getProtocol(),
        contentType == null ? null : printable(contentType.getValue()));
  }

  private static @Nullable String printable(@Nullable String text) {
    return text == null ? null : ServerText.printable(text);
  }
}
