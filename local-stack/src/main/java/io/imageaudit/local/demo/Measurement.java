package io.imageaudit.local.demo;

import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Times audits one by one, from the 202 to the callback. Every picture is made new by a comment in
 * its file, so that no verdict is one that was stored before.
 */
public final class Measurement {

  private static final Duration LONGEST_AUDIT = Duration.ofSeconds(60);

  private final Path folder;
  private final String gateway;
  private final Secrets secrets;
  private final Terminal terminal;

  /** Prepares it for a running stack. */
  public Measurement(Path folder, String gateway, Secrets secrets, Terminal terminal) {
    this.folder = folder;
    this.gateway = gateway;
    this.secrets = secrets;
    this.terminal = terminal;
  }

  /** Audits {@code count} pictures; true when all callbacks came and were verified. */
  public boolean run(int count) throws IOException, InterruptedException {
    List<byte[]> pictures = pictures();
    CallbackReceiver receiver = new CallbackReceiver(secrets.webhookSecret());
    long[] micros = new long[count];
    try (LoopbackServer server = LoopbackServer.start(0);
        AuditApi api =
            new AuditApi(
                gateway, secrets.apiKey(), server.url() + CallbackReceiver.PATH, LONGEST_AUDIT)) {
      server.on(CallbackReceiver.PATH, receiver);
      for (int i = 0; i < count; i++) {
        terminal.progress("  %d of %d audits".formatted(i, count));
        micros[i] = time(api, receiver, renewed(pictures.get(i % pictures.size())));
        if (micros[i] < 0) {
          return false;
        }
      }
    }
    print(micros);
    return true;
  }

  private List<byte[]> pictures() throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (Sample sample : Samples.in(folder)) {
      Path file = sample.file();
      boolean good = List.of("PASS", "REVIEW", "BLOCK").contains(sample.outcome());
      if (good && file != null && file.toString().endsWith(".jpg")) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    return pictures;
  }

  static byte[] renewed(byte[] jpeg) {
    return commented(jpeg, UUID.randomUUID().toString());
  }

  /**
   * The JPEG with a comment segment (FF FE, length, text) right after its start marker: the same
   * picture, another file.
   *
   * @param text ASCII, up to 65,533 characters
   */
  public static byte[] commented(byte[] jpeg, String text) {
    byte[] comment = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(jpeg.length + 4 + comment.length)
        .put(jpeg, 0, 2)
        .putShort((short) 0xFFFE)
        .putShort((short) (2 + comment.length))
        .put(comment)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Microseconds; negative when it went wrong. */
  private long time(AuditApi api, CallbackReceiver receiver, byte[] picture)
      throws IOException, InterruptedException {
    Receipt receipt = api.submitFile("measure.jpg", "image/jpeg", picture, "measure");
    switch (receipt) {
      case Receipt.Refused refused -> {
        terminal.line("  refused: " + refused.code() + " " + refused.why());
        return -1;
      }
      case Receipt.Accepted accepted -> {
        Optional<Callback> callback = receiver.await(accepted.auditId(), LONGEST_AUDIT);
        if (callback.filter(Callback::verified).isEmpty()) {
          terminal.line("  no verified callback for " + accepted.auditId());
          return -1;
        }
        return Math.max(0, (callback.get().atNanos() - accepted.atNanos()) / 1000);
      }
    }
  }

  private void print(long[] micros) {
    Arrays.sort(micros);
    terminal.line(
        "  %d audits, one by one, from 202 to callback: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, longest %.1f ms"
            .formatted(
                micros.length,
                percentile(micros, 50),
                percentile(micros, 90),
                percentile(micros, 99),
                percentile(micros, 100)));
  }

  /** The smallest value that so many percent do not exceed (nearest rank), in milliseconds. */
  static double percentile(long[] sortedMicros, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sortedMicros.length);
    return sortedMicros[Math.max(0, rank - 1)] / 1000.0;
  }
}
