package io.imageaudit.worker.inference;

import io.imageaudit.model.Category;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.batch.Batcher;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.NoRoomException;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.Placement;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.image.TensorMemory;
import io.imageaudit.worker.image.View;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One configured model: shows it a picture and reads what it says. */
public final class Model {

  private final String name;
  private final ModelSettings settings;
  private final Batcher<Asked, InferenceOutcome> batcher;
  private final TensorMemory memory;
  private final OutputDecoder decoder;
  private final String identity;
  private volatile @Nullable String version;

  Model(
      String name,
      ModelSettings settings,
      Batcher<Asked, InferenceOutcome> batcher,
      TensorMemory memory) {
    this.name = name;
    this.settings = settings;
    this.batcher = batcher;
    this.memory = memory;
    this.decoder = OutputDecoder.of(settings.output(), settings.labels(), settings.input());
    this.identity = settings.identity() + decoder.identity();
  }

  /** Our own name for it. */
  public String name() {
    return name;
  }

  /** What it wants to be shown. */
  public InputSpec input() {
    return settings.input();
  }

  /** The canonical category of each label that matters. */
  public Map<String, Category> categories() {
    return settings.categories();
  }

  /** The longest time that one call of it may take. */
  public Duration callTimeout() {
    return settings.callTimeout();
  }

  /**
   * Shows it all views of a picture at the same time. What it sees in the whole is, for each label,
   * what it sees most surely in any of them; when it cannot look at one, it has not looked.
   *
   * @param deadline when its answer is of no more use
   * @param trace the step that asks
   */
  public LookOutcome look(Picture picture, Instant deadline, TraceParent trace) {
    List<View> views = picture.views();
    if (views.size() == 1) {
      return look(views.getFirst(), deadline, trace);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return SurestLooks.of(
          views.stream()
              .map(
                  view -> CompletableFuture.supplyAsync(() -> look(view, deadline, trace), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList());
    }
  }

  private LookOutcome look(View view, Instant deadline, TraceParent trace) {
    Prepared prepared;
    try {
      prepared = view.prepare(settings.input(), memory, deadline);
    } catch (NoRoomException e) {
      return new LookOutcome.NotLooked("NO_MEMORY", String.valueOf(e.getMessage()), Hope.SOON);
    }
    Placement placement = prepared.placement();
    return switch (batcher.ask(new Asked(prepared, trace), deadline)) {
      case Answered answer -> read(answer, placement, view);
      case Withheld(String code, String message) ->
          new LookOutcome.NotLooked(code, message, Hope.NEVER);
      case Failed failed ->
          new LookOutcome.NotLooked(failed.code(), failed.message(), failed.hope());
    };
  }

  /**
   * Names this model with all that its answers depend on: its settings, the files that they name,
   * and the version that answered last; none before the first answer.
   */
  public Optional<String> identity() {
    String answered = version;
    return answered == null ? Optional.empty() : Optional.of(identity(answered));
  }

  /** Names this model with all that an answer of this version depends on. */
  public String identity(String answered) {
    return name + "@" + answered + "#" + identity;
  }

  /** Asks nothing more. */
  void close() {
    batcher.close();
  }

  private LookOutcome read(Answered answer, Placement placement, View view) {
    OutputTensor output = output(answer);
    if (output == null) {
      return garbage("there is no output " + settings.output().tensor());
    }
    try {
      LookOutcome looked =
          new LookOutcome.Looked(
              decoder.decode(output, placement).stream().map(seen -> seen.in(view)).toList(),
              answer.version());
      version = answer.version();
      return looked;
    } catch (IllegalArgumentException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable OutputTensor output(Answered answer) {
    String wanted = settings.output().tensor();
    if (wanted.isEmpty() && answer.outputs().size() == 1) {
      return answer.outputs().values().iterator().next();
    }
    return answer.outputs().get(wanted);
  }

  private static LookOutcome garbage(String reason) {
    return new LookOutcome.NotLooked("BAD_ANSWER", reason, Hope.LATER);
  }
}
