package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart forms that no honest client sends. */
@GatewayTest
class FormIT {

  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nx\r\n";
  private static final String END = "--b--\r\n";

  private final Door door;

  FormIT(Door door) {
    this.door = door;
  }

  @Test
  void a_form_of_ten_thousand_parts_is_refused() {
    String part = "--b\r\nContent-Disposition: form-data; name=\"reference\"\r\n\r\n\r\n";
    Answer answer = send(part.repeat(10_000) + END);
    assertThat(answer.status()).isIn(400, 413);
    assertThat(send(FILE.repeat(121) + END).status()).isIn(400, 413);
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 1 << 20})
  void a_part_with_a_long_head_is_refused(int length) {
    Answer answer =
        send(
            "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\nX: "
                + "x".repeat(length)
                + "\r\n\r\nx\r\n"
                + END);
    assertThat(answer.status()).isIn(400, 413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "--b",
        FILE,
        "--c\r\n\r\n--c--\r\n",
        FILE + FILE + END,
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + END,
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n"
            + "Content-Disposition: form-data; name=\"image\"\r\n\r\n--c\r\n\r\n--c--\r\n"
            + END,
      })
  void a_form_that_is_none_or_says_things_twice_is_refused(String form) {
    Answer answer = send(form);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.http().body()).doesNotContain("Exception", "apache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/passwd",
        "C:\\\\windows\\\\a.jpg",
        "a\u202egpj.exe",
        "a%00.jpg",
        "a;b=c",
        "' or 1=1 --",
      })
  void a_file_name_means_nothing(String name) {
    Answer answer = send(FILE.replace("filename=\"a\"", "filename=\"" + name + "\"") + END);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    assertThat(answer.http().body()).doesNotContain("passwd", "windows");
  }

  @Test
  void a_boundary_that_is_too_long_or_missing_is_refused() {
    for (String type : new String[] {"; boundary=" + "b".repeat(300), "", "; boundary="}) {
      Answer answer =
          door.send(
              door.request("/v1/audits")
                  .header("Content-Type", "multipart/form-data" + type)
                  .POST(BodyPublishers.ofString(FILE + END)));
      assertThat(answer.status()).as(type).isIn(400, 415);
    }
  }

  private Answer send(String form) {
    return door.send(
        door.request("/v1/audits")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofByteArray(form.getBytes(StandardCharsets.UTF_8))));
  }
}
