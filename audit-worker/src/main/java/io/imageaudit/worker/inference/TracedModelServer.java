package io.imageaudit.worker.inference;

import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Withheld;

/** Makes each call a step of the trace of its batch's first picture. */
final class TracedModelServer implements ModelServer {

  private final ModelServer server;
  private final String model;
  private final Traces traces;

  TracedModelServer(ModelServer server, String model, Traces traces) {
    this.server = server;
    this.model = model;
    this.traces = traces;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    try (Step step = traces.begin(StepKind.CLIENT, "infer " + model, batch.trace())) {
      step.note("image_audit.batch", Integer.toString(batch.size()));
      InferenceOutcome outcome =
          server.infer(new InferenceBatch(batch.items(), batch.deadline(), step.place()));
      switch (outcome) {
        case Answered answer -> step.note("image_audit.model_version", answer.version());
        case Withheld withheld -> step.note("image_audit.withheld", withheld.code());
        case Failed failed -> step.fail(failed.code());
      }
      return outcome;
    }
  }
}
