package io.imageaudit.local.part;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** One of Image Audit's four services, from its packaged jar. */
final class ServicePart implements Part {

  private final PartName name;
  private final ExtractedJar jar;
  private final Jvm jvm;
  private final List<PortName> ports;
  private final Map<String, Object> settings;
  private final StackFolder folder;
  private final String health;

  /**
   * Describes a service.
   *
   * @param settings its configuration, by property name
   * @param ports the last one answers questions about its health
   */
  ServicePart(
      PartName name,
      ExtractedJar jar,
      Jvm jvm,
      Map<String, Object> settings,
      List<PortName> ports,
      Ports numbers,
      StackFolder folder) {
    this.name = name;
    this.jar = jar;
    this.jvm = jvm;
    this.settings = settings;
    this.ports = ports;
    this.folder = folder;
    this.health = numbers.url(ports.getLast()) + "/actuator/health/readiness";
  }

  @Override
  public PartName name() {
    return name;
  }

  @Override
  public Set<PartName> needs() {
    return EnumSet.of(PartName.POSTGRES, PartName.KAFKA);
  }

  @Override
  public List<PortName> ports() {
    return ports;
  }

  @Override
  public void prepare(Children children) throws IOException {
    jar.extract(children, folder.log(name), folder.pidFile(name));
  }

  @Override
  public ProcessSpec process() {
    List<String> command = new ArrayList<>();
    command.addAll(jvm.command("-jar", jar.program().toString()));
    return new ProcessSpec(
        command,
        Map.of("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings)),
        folder.home(),
        folder.log(name),
        folder.pidFile(name));
  }

  @Override
  public boolean isReady() {
    return Probe.answersOk(health);
  }
}
