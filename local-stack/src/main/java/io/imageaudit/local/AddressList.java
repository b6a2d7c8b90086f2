package io.imageaudit.local;

import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;

/** Says where everything is. */
final class AddressList {

  private static final int WIDTH = 15;

  private final Terminal terminal;

  AddressList(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Ports ports, StackFolder folder) {
    String management = ports.url(PortName.GATEWAY_MANAGEMENT) + "/actuator/";
    terminal.line();
    show("API", ports.url(PortName.GATEWAY) + "/v1/audits");
    show("Documentation", ports.url(PortName.GATEWAY) + "/swagger-ui.html");
    show("Health", management + "health");
    show("Metrics", management + "prometheus");
    show("Credentials", "source " + folder.env());
    show("Logs", folder.home().resolve("logs").toString());
    terminal.line();
  }

  private void show(String what, String where) {
    terminal.line("  " + terminal.cell(Tone.FAINT, what, WIDTH) + where);
  }
}
