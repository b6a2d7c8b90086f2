package io.imageaudit.worker.inference;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections to model servers, closed together. gRPC's own retry is off: it would silently stop
 * for requests above one megabyte, and would not know a batch's deadline.
 */
final class GrpcChannels implements AutoCloseable {

  private static final long KEEP_ALIVE_MINUTES = 6; // Servers count faster pings as abuse.
  private static final int FLOW_CONTROL_WINDOW = 8 << 20;

  private final List<ManagedChannel> open = new ArrayList<>();

  synchronized ManagedChannel to(ModelSettings model) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(model.endpoint())
            .disableRetry()
            .defaultLoadBalancingPolicy("round_robin")
            .maxInboundMessageSize(model.maxMessage())
            .flowControlWindow(FLOW_CONTROL_WINDOW)
            .keepAliveTime(KEEP_ALIVE_MINUTES, TimeUnit.MINUTES);
    if (!model.tls()) {
      builder.usePlaintext();
    }
    ManagedChannel channel = builder.build();
    open.add(channel);
    return channel;
  }

  @Override
  public synchronized void close() {
    open.forEach(ManagedChannel::shutdownNow);
    open.clear();
  }
}
