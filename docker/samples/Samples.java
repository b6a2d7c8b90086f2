import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Audits every picture that {@code /samples/expected.json} names, prints a table, and ends with 0 when every outcome
 * is the expected one. Asks the gateway at {@code AUDIT_URL} with the key {@code AUDIT_API_KEY}.
 *
 * <p>It uses nothing but the JDK, so it reads the few JSON fields that it needs with patterns.
 */
public final class Samples {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 200;
  private static final String BOUNDARY = "image-audit-sample-7f3a";
  private static final Pattern ENTRY = Pattern.compile("\\{[^{}]*}");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI service = URI.create(System.getenv("AUDIT_URL"));
  private final String key = System.getenv("AUDIT_API_KEY");

  /** A picture and what must come of it: a verdict, or the code of a failure. */
  private record Sample(String name, boolean byUrl, String expected) {

    static Optional<Sample> read(String entry) {
      Optional<String> outcome = field(entry, "verdict").or(() -> field(entry, "code"));
      Optional<Sample> file = field(entry, "file").map(name -> new Sample(name, false, outcome.orElse("")));
      return file.or(() -> field(entry, "url").map(url -> new Sample(url, true, outcome.orElse(""))));
    }
  }

  /** An audit under way. */
  private record Submitted(Sample sample, String id, Instant at) {}

  /** Runs once. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(new Samples().auditAll(Path.of("/samples")) ? 0 : 1);
  }

  private boolean auditAll(Path folder) throws IOException, InterruptedException {
    List<Submitted> audits = new ArrayList<>();
    Matcher entries = ENTRY.matcher(Files.readString(folder.resolve("expected.json")));
    while (entries.find()) {
      Optional<Sample> sample = Sample.read(entries.group());
      if (sample.isPresent()) {
        audits.add(submit(folder, sample.get()));
      }
    }
    System.out.printf("%-48s %-26s %-26s %8s%n", "picture", "outcome", "expected", "ms");
    boolean allExpected = !audits.isEmpty();
    for (Submitted audit : audits) {
      allExpected &= report(audit, outcome(audit));
    }
    return allExpected;
  }

  private Submitted submit(Path folder, Sample sample) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/v1/audits");
    if (sample.byUrl()) {
      request
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString("{\"image_url\": \"" + sample.name() + "\"}"));
    } else {
      request
          .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
          .POST(BodyPublishers.ofByteArray(multipart(folder.resolve(sample.name()))));
    }
    String answer = http.send(request.build(), BodyHandlers.ofString()).body();
    String id = field(answer, "audit_id").orElse("");
    if (id.isEmpty()) {
      System.err.println(sample.name() + ": not accepted: " + answer);
    }
    return new Submitted(sample, id, Instant.now());
  }

  private String outcome(Submitted audit) throws IOException, InterruptedException {
    Instant end = audit.at().plus(PATIENCE);
    while (!audit.id().isEmpty() && Instant.now().isBefore(end)) {
      HttpRequest request = request("/v1/audits/" + audit.id()).GET().build();
      String answer = http.send(request, BodyHandlers.ofString()).body();
      switch (field(answer, "status").orElse("")) {
        case "COMPLETED" -> {
          return field(answer, "verdict").orElse("?");
        }
        case "FAILED" -> {
          return field(answer.substring(answer.indexOf("\"error\"")), "code").orElse("?");
        }
        case "EXPIRED" -> {
          return "EXPIRED";
        }
        default -> Thread.sleep(PAUSE_MILLIS);
      }
    }
    return audit.id().isEmpty() ? "not accepted" : "no answer";
  }

  private static boolean report(Submitted audit, String outcome) {
    boolean expected = outcome.equals(audit.sample().expected());
    System.out.printf(
        "%-48s %-26s %-26s %8d%s%n",
        audit.sample().name(),
        outcome,
        audit.sample().expected(),
        Duration.between(audit.at(), Instant.now()).toMillis(),
        expected ? "" : "  <- not as expected");
    return expected;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(30)).header("X-API-Key", key);
  }

  private static byte[] multipart(Path picture) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    body.writeBytes(head.formatted(BOUNDARY, picture.getFileName()).getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Files.readAllBytes(picture));
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  /** The first text value of that name. */
  private static Optional<String> field(String json, String name) {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return value.find() ? Optional.of(value.group(1)) : Optional.empty();
  }
}
