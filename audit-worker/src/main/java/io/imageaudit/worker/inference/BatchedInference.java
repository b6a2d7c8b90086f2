package io.imageaudit.worker.inference;

import io.imageaudit.worker.batch.BatchAnswer;
import io.imageaudit.worker.batch.BatchCall;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Asks a model server about a batch, and says which failures concern all and which perhaps one. */
final class BatchedInference implements BatchCall<Asked, InferenceOutcome> {

  private final ModelServer server;
  private final Consumer<Failed> brokenServer;

  /**
   * Makes it.
   *
   * @param brokenServer hears of a server that broke over each picture of a batch
   */
  BatchedInference(ModelServer server, Consumer<Failed> brokenServer) {
    this.server = server;
    this.brokenServer = brokenServer;
  }

  @Override
  public BatchAnswer<InferenceOutcome> call(List<Asked> items, Instant deadline) {
    InferenceBatch batch =
        new InferenceBatch(
            items.stream().map(Asked::picture).toList(), deadline, items.getFirst().trace());
    return switch (server.infer(batch)) {
      case Answered answer -> new BatchAnswer.Each<>(perPicture(answer, items.size()));
      case InferenceOutcome.Withheld withheld -> new BatchAnswer.Divisible<>(withheld, false);
      case Failed failed ->
          switch (failed.kind()) {
            case UNAVAILABLE, TIMED_OUT -> new BatchAnswer.None<>(failed, true);
            case MISCONFIGURED, NOT_TRIED -> new BatchAnswer.None<>(failed, false);
            case FAULTY -> new BatchAnswer.Divisible<>(failed, false);
            case REJECTED -> new BatchAnswer.Divisible<>(failed, true);
          };
    };
  }

  @Override
  public InferenceOutcome noneTaken(InferenceOutcome each) {
    if (!(each instanceof Failed failed)) {
      return each;
    }
    return switch (failed.kind()) {
      case FAULTY -> {
        brokenServer.accept(failed);
        yield failed.as(Failed.Kind.UNAVAILABLE);
      }
      case REJECTED -> failed.as(Failed.Kind.MISCONFIGURED);
      case UNAVAILABLE, TIMED_OUT, MISCONFIGURED, NOT_TRIED -> failed;
    };
  }

  private static List<InferenceOutcome> perPicture(Answered answer, int count) {
    return IntStream.range(0, count).mapToObj(index -> row(answer, index)).toList();
  }

  private static InferenceOutcome row(Answered answer, int index) {
    Map<String, OutputTensor> rows = new HashMap<>();
    answer.outputs().forEach((name, tensor) -> rows.put(name, tensor.row(index)));
    return new Answered(rows, answer.version());
  }
}
