package io.imageaudit.local.demo;

import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Submits every sample in every form and shows what became of each. */
public final class Demonstration {

  /** Enough to keep the services busy, few enough that the times say something. */
  private static final int AT_A_TIME = 4;

  private static final Duration LONGEST_AUDIT = Duration.ofSeconds(150);

  private final List<Sample> samples;
  private final String server;
  private final AuditApi api;
  private final CallbackReceiver receiver;
  private final Terminal terminal;

  private Demonstration(
      List<Sample> samples,
      String server,
      AuditApi api,
      CallbackReceiver receiver,
      Terminal terminal) {
    this.samples = samples;
    this.server = server;
    this.api = api;
    this.receiver = receiver;
    this.terminal = terminal;
  }

  /**
   * Prepares it.
   *
   * @param folder the samples
   * @param server serves pictures and hears callbacks
   * @param gateway address of the API
   */
  public static Demonstration of(
      Path folder, LoopbackServer server, String gateway, Secrets secrets, Terminal terminal)
      throws IOException {
    CallbackReceiver receiver = new CallbackReceiver(secrets.webhookSecret());
    server.on(CallbackReceiver.PATH, receiver);
    List<Sample> samples = Samples.in(folder);
    server.on(PictureServer.PATH, new PictureServer(folder));
    AuditApi api =
        new AuditApi(
            gateway, secrets.apiKey(), server.url() + CallbackReceiver.PATH, LONGEST_AUDIT);
    return new Demonstration(samples, server.url(), api, receiver, terminal);
  }

  /** Plays it; true when every outcome is as expected and every callback was verified. */
  public boolean play() throws InterruptedException {
    List<Trial> trials = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    Semaphore turns = new Semaphore(AT_A_TIME);
    try (api;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Trial>> running = new ArrayList<>();
      for (Sample sample : samples) {
        for (InputForm form : forms(sample)) {
          running.add(threads.submit(() -> run(sample, form, turns, done)));
        }
      }
      while (done.get() < running.size()) {
        showProgress(done.get(), running.size());
        Thread.sleep(100);
      }
      for (Future<Trial> each : running) {
        trials.add(each.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the samples cannot be submitted: " + e.getCause(), e);
    }
    return new ResultTable(terminal).print(samples, trials);
  }

  private static List<InputForm> forms(Sample sample) {
    return sample.file() == null ? List.of(InputForm.URL) : List.of(InputForm.values());
  }

  private Trial run(Sample sample, InputForm form, Semaphore turns, AtomicInteger done)
      throws IOException, InterruptedException {
    turns.acquire();
    try {
      Receipt receipt = submit(sample, form);
      Callback callback =
          receipt instanceof Receipt.Accepted accepted
              ? receiver.await(accepted.auditId(), LONGEST_AUDIT).orElse(null)
              : null;
      return new Trial(sample, form, receipt, callback);
    } finally {
      turns.release();
      done.incrementAndGet();
    }
  }

  private Receipt submit(Sample sample, InputForm form) throws IOException, InterruptedException {
    String reference = "quickstart/" + form.text();
    String url = sample.url();
    if (url != null) {
      return api.submitUrl(url, reference);
    }
    Path file = Objects.requireNonNull(sample.file());
    return switch (form) {
      case URL -> api.submitUrl(server + PictureServer.PATH + sample.name(), reference);
      case BASE64 -> api.submitBase64(Files.readAllBytes(file), reference);
      case MULTIPART ->
          api.submitFile(
              sample.name(), Sample.mediaType(file), Files.readAllBytes(file), reference);
    };
  }

  private void showProgress(int done, int all) {
    int width = 30;
    int filled = width * done / all;
    terminal.progress(
        "  %s%s %d of %d audits"
            .formatted(
                terminal.tone(Tone.GOOD, "█".repeat(filled)),
                terminal.tone(Tone.FAINT, "░".repeat(width - filled)),
                done,
                all));
  }
}
