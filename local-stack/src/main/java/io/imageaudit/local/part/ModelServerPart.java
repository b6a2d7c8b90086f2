package io.imageaudit.local.part;

import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The model server with the demonstration model. */
final class ModelServerPart implements Part {

  private static final Jvm JVM = new Jvm(192, 128);

  private final Checkout checkout;
  private final StackFolder folder;
  private final Ports ports;

  ModelServerPart(Checkout checkout, StackFolder folder, Ports ports) {
    this.checkout = checkout;
    this.folder = folder;
    this.ports = ports;
  }

  @Override
  public PartName name() {
    return PartName.MODEL_SERVER;
  }

  @Override
  public Set<PartName> needs() {
    return Set.of();
  }

  @Override
  public List<PortName> ports() {
    return List.of(PortName.MODEL_SERVER, PortName.MODEL_SERVER_REST);
  }

  @Override
  public void prepare(Children children) {
    // The model is served from where the project keeps it.
  }

  @Override
  public ProcessSpec process() {
    List<String> command = new ArrayList<>();
    command.addAll(JVM.command("-jar", checkout.jar("model-server").toString()));
    command.addAll(
        List.of(
            "--models",
            models().toString(),
            "--grpc-port",
            Integer.toString(ports.of(PortName.MODEL_SERVER)),
            "--rest-port",
            Integer.toString(ports.of(PortName.MODEL_SERVER_REST))));
    return new ProcessSpec(
        command, Map.of(), folder.home(), folder.log(name()), folder.pidFile(name()));
  }

  private Path models() {
    return checkout.root().resolve("demo-model");
  }

  @Override
  public boolean isReady() {
    return Probe.answersOk(ports.url(PortName.MODEL_SERVER_REST) + "/v2/health/ready");
  }
}
