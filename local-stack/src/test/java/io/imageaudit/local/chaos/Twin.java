package io.imageaudit.local.chaos;

import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.part.Part;
import io.imageaudit.local.process.ChildProcess;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A second process of a service, beside the launcher's. */
final class Twin implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private final Children children;
  private final ChildProcess process;
  private final int port;

  private Twin(Children children, ChildProcess process, int port) {
    this.children = children;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param settings each {@code gateway.image-audit.quota.rate=500}
   */
  static Twin start(StackUnderTest stack, PartName service, String... settings) throws IOException {
    Ports ports = stack.portsOfTwin(service);
    Part part = stack.twin(service, ports, settings);
    ProcessSpec like = part.process();
    Path log = stack.folder().home().resolve("logs/" + service.text() + "-2.log");
    Path pid = stack.folder().run().resolve(service.text() + "-2.pid");
    Children children = Children.guarded();
    ChildProcess process =
        children.start(
            new ProcessSpec(like.command(), like.environment(), like.directory(), log, pid));
    await("a second " + service.text()).atMost(LONGEST_START).until(part::isReady);
    return new Twin(children, process, ports.of(part.ports().getFirst()));
  }

  /** Where it listens. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    process.stop(ChildProcess.Signal.TERM, LONGEST_STOP);
    children.close();
  }
}
