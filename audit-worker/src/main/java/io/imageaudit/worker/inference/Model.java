package io.imageaudit.worker.inference;

import io.imageaudit.model.Category;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One configured model: shows it a picture and reads what it says. */
public final class Model {

  private final String name;
  private final ModelSettings settings;
  private final ModelServer server;

  Model(String name, ModelSettings settings, ModelServer server) {
    this.name = name;
    this.settings = settings;
    this.server = server;
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

  /**
   * Shows it a picture.
   *
   * @param deadline when its answer is of no more use
   * @param trace the step that asks
   */
  public LookOutcome look(Picture picture, Instant deadline, TraceParent trace) {
    Prepared prepared = picture.prepare(settings.input());
    return switch (server.infer(new InferenceBatch(List.of(prepared), deadline, trace))) {
      case Answered answer -> read(answer);
      case Failed failed -> notLooked(failed);
    };
  }

  private LookOutcome read(Answered answer) {
    OutputTensor tensor = tensor(answer);
    if (tensor == null) {
      return garbage("there is no output " + settings.output().tensor());
    }
    float[] numbers = tensor.row(0).values();
    if (numbers.length != settings.labels().size()) {
      return garbage(numbers.length + " scores for " + settings.labels().size() + " labels");
    }
    try {
      float[] scores = Scores.of(settings.output().kind(), numbers);
      List<Detection> detections = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        detections.add(new Detection(settings.labels().get(i), scores[i], null, null));
      }
      return new LookOutcome.Looked(detections, answer.version());
    } catch (IllegalArgumentException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable OutputTensor tensor(Answered answer) {
    String wanted = settings.output().tensor();
    if (wanted.isEmpty() && answer.outputs().size() == 1) {
      return answer.outputs().values().iterator().next();
    }
    return answer.outputs().get(wanted);
  }

  private static LookOutcome notLooked(Failed failed) {
    return new LookOutcome.NotLooked(failed.code(), failed.message(), failed.passesByItself());
  }

  private static LookOutcome garbage(String reason) {
    return new LookOutcome.NotLooked("BAD_ANSWER", reason, false);
  }
}
