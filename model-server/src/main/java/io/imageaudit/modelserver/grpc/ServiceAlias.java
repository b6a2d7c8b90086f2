package io.imageaudit.modelserver.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.Objects;

/** The same methods under a second service name, for clients that know only that one. */
public final class ServiceAlias {

  private ServiceAlias() {}

  /** A copy of {@code original} named {@code name}. */
  public static ServerServiceDefinition of(ServerServiceDefinition original, String name) {
    var alias = ServerServiceDefinition.builder(name);
    original.getMethods().forEach(method -> alias.addMethod(renamed(method, name)));
    return alias.build();
  }

  private static <T, R> ServerMethodDefinition<T, R> renamed(
      ServerMethodDefinition<T, R> method, String name) {
    MethodDescriptor<T, R> descriptor = method.getMethodDescriptor();
    String bareName = Objects.requireNonNull(descriptor.getBareMethodName());
    return ServerMethodDefinition.create(
        descriptor.toBuilder()
            .setFullMethodName(MethodDescriptor.generateFullMethodName(name, bareName))
            .setSchemaDescriptor(null)
            .build(),
        method.getServerCallHandler());
  }
}
