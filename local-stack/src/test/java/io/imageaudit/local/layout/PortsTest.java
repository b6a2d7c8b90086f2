package io.imageaudit.local.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void flag_wins_over_environment_which_wins_over_the_standard() {
    Ports ports =
        Ports.chosen(
            List.of("kafka=1111"),
            Map.of("AUDIT_PORT_KAFKA", "2222", "AUDIT_PORT_MODEL_SERVER", "3333"));

    assertThat(ports.of(PortName.KAFKA)).isEqualTo(1111);
    assertThat(ports.of(PortName.MODEL_SERVER)).isEqualTo(3333);
    assertThat(ports.of(PortName.GATEWAY)).isEqualTo(PortName.GATEWAY.standard());
  }

  @Test
  void what_is_no_port_is_named() {
    assertThatThrownBy(() -> Ports.chosen(List.of("gateway=none"), Map.of()))
        .hasMessage("--port gateway: none (expected: 1..65535)");
    assertThatThrownBy(() -> Ports.chosen(List.of(), Map.of("AUDIT_PORT_INTAKE", "70000")))
        .hasMessageStartingWith("AUDIT_PORT_INTAKE: 70000");
    assertThatThrownBy(() -> Ports.chosen(List.of("front=80"), Map.of()))
        .hasMessageContaining("--port front=80")
        .hasMessageContaining("gateway-management");
  }

  @Test
  void taken_and_twice_chosen_ports_are_problems() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      int taken = other.getLocalPort();
      Ports ports = new Ports(Map.of(PortName.WORKER, taken, PortName.INTAKE, taken));

      assertThat(ports.problems(EnumSet.of(PortName.INTAKE, PortName.WORKER)))
          .hasSize(2)
          .anyMatch(problem -> problem.startsWith("port " + taken + " (intake) is taken"))
          .anyMatch(problem -> problem.contains("chosen for both intake and worker"));
    }
  }

  @Test
  void what_is_written_down_is_read_again() {
    Ports ports = new Ports(Map.of(PortName.GATEWAY, 4444));
    Properties properties = new Properties();

    ports.store(properties);

    assertThat(Ports.load(properties)).isEqualTo(ports);
  }
}
