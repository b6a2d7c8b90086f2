package io.imageaudit.worker.inference;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.imageaudit.model.TraceParent;
import java.util.Locale;

/** What every gRPC call to a model server carries: the trace, and who we are. */
final class GrpcHeaders {

  private static final Metadata.Key<String> TRACE = key(TraceParent.HEADER);

  private final Credentials credentials;
  private final Metadata.Key<String> identity;

  GrpcHeaders(Credentials credentials) {
    this.credentials = credentials;
    this.identity = key(credentials.header().toLowerCase(Locale.ROOT));
  }

  Channel on(Channel channel, TraceParent trace) {
    Metadata headers = new Metadata();
    headers.put(TRACE, trace.toString());
    String token = credentials.value();
    if (token != null) {
      headers.put(identity, token);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
