package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.imageaudit.notification.webhook.HmacKey;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/webhooks.md, run against messages that we signed. */
class WebhookDocsTest {

  private static final String BODY = "{\"名\":\"x\"}";

  @TempDir Path folder;

  private final HmacKey key = HmacKey.generate(new SecureRandom());
  private final long now = Instant.now().getEpochSecond();

  @Test
  void the_python_example_verifies() throws Exception {
    assertVerifies(
        "python3",
        "verify.py",
        snippet("python")
            + """

            import json, sys
            secret, headers, body = json.loads(sys.argv[1])
            print("accepted" if verify(secret, headers, body.encode()) else "refused")
            """);
  }

  @Test
  void the_node_example_verifies() throws Exception {
    assertVerifies(
        "node",
        "verify.js",
        snippet("javascript")
            + """

            const [secret, headers, body] = JSON.parse(process.argv[2]);
            console.log(verify(secret, headers, Buffer.from(body)) ? "accepted" : "refused");
            """);
  }

  @Test
  void the_go_example_verifies() throws Exception {
    assertVerifies(
        "go run",
        "verify.go",
        """
        package main

        import (
        	"crypto/hmac"
        	"crypto/sha256"
        	"encoding/base64"
        	"encoding/json"
        	"fmt"
        	"math"
        	"net/http"
        	"os"
        	"strconv"
        	"strings"
        	"time"
        )

        """
            + snippet("go")
            + """

            func main() {
            	var message []json.RawMessage
            	var secret, body string
            	headers := map[string]string{}
            	json.Unmarshal([]byte(os.Args[1]), &message)
            	json.Unmarshal(message[0], &secret)
            	json.Unmarshal(message[1], &headers)
            	json.Unmarshal(message[2], &body)
            	header := http.Header{}
            	for name, value := range headers {
            		header.Set(name, value)
            	}
            	if verify(secret, header, []byte(body)) {
            		fmt.Println("accepted")
            	} else {
            		fmt.Println("refused")
            	}
            }
            """);
  }

  @Test
  void the_java_example_verifies() throws Exception {
    Path source = folder.resolve("Verifier.java");
    Files.writeString(source, "public class Verifier {\n" + publicly(snippet("java")) + "}\n");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", source.toString()))
        .isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      var verify =
          loader
              .loadClass("Verifier")
              .getMethod("verify", String.class, HttpHeaders.class, byte[].class);
      for (boolean forged : new boolean[] {false, true}) {
        byte[] body = body(forged).getBytes(StandardCharsets.UTF_8);
        assertThat(verify.invoke(null, key.reveal(), headers(), body)).isEqualTo(!forged);
      }
    }
  }

  private void assertVerifies(String command, String file, String program)
      throws IOException, InterruptedException {
    List<String> words = List.of(command.split(" "));
    assumeTrue(isInstalled(words.getFirst()), words.getFirst() + " is not installed");
    Path source = folder.resolve(file);
    Files.writeString(source, program);
    assertThat(run(words, source, body(false))).isEqualTo("accepted");
    assertThat(run(words, source, body(true))).isEqualTo("refused");
  }

  private static String publicly(String method) {
    return method.replaceFirst("static", "public static");
  }

  private static String body(boolean forged) {
    return forged ? BODY.replace('x', 'y') : BODY;
  }

  private String run(List<String> command, Path source, String body)
      throws IOException, InterruptedException {
    String message =
        """
        ["%s", {"webhook-id": "msg_1", "webhook-timestamp": "%d", "webhook-signature": "%s"}, "%s"]\
        """
            .formatted(key.reveal(), now, signature(), ascii(body.replace("\"", "\\\"")));
    List<String> words =
        Stream.of(command, List.of(source.toString(), message)).flatMap(List::stream).toList();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("GOFLAGS", "-mod=mod");
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("PYTHONUTF8", "1");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  /** Arguments of a process are written in the platform's encoding, whatever that is. */
  private static String ascii(String json) {
    return json.chars()
        .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  private HttpHeaders headers() {
    return HttpHeaders.of(
        Map.of(
            "webhook-id", List.of("msg_1"),
            "webhook-timestamp", List.of(Long.toString(now)),
            "webhook-signature", List.of(signature())),
        (_, _) -> true);
  }

  /** Two entries, as while a secret is rotated; the second is ours. */
  private String signature() {
    return HmacKey.generate(new SecureRandom()).sign("msg_1", now, new byte[0])
        + " "
        + key.sign("msg_1", now, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static String snippet(String language) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "webhooks.md"));
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
