package io.imageaudit.modelserver.serve;

import io.grpc.Status;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.fault.OutputFault;
import io.imageaudit.modelserver.tensor.Tensor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One inference: check the tensors, wait for an executor, run, with whatever fault is on. */
public final class RunInference {

  private static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

  private final Faults faults;
  private final Traffic traffic;

  /** Runs under these faults and counts. */
  public RunInference(Faults faults, Traffic traffic) {
    this.faults = faults;
    this.traffic = traffic;
  }

  /** As {@link #run(ServedModel, List, List, Caller, Duration)}, queueing as long as need be. */
  public Map<String, Tensor> run(
      ServedModel model, List<Tensor> inputs, List<String> outputs, Caller caller) {
    return run(model, inputs, outputs, caller, UNLIMITED);
  }

  /**
   * Runs a model.
   *
   * @param inputs the tensors as they came
   * @param outputs the wanted outputs; none means all
   * @param caller who waits
   * @param queueLimit longest wait for an executor
   * @return the wanted outputs, in the wanted order
   * @throws RefusedException in every other ending
   */
  public Map<String, Tensor> run(
      ServedModel model,
      List<Tensor> inputs,
      List<String> outputs,
      Caller caller,
      Duration queueLimit) {
    traffic.started();
    faults.nextFailure().ifPresent(RunInference::fail);
    caller.await(faults::awaitRelease);
    Map<String, Tensor> byName = byName(inputs);
    Set<String> wanted = wanted(model, outputs);
    long rows = new InputCheck(model).rows(byName);
    try (var _ = model.executors().acquire(caller, queueLimit)) {
      Map<String, Tensor> answer = execute(model, byName, wanted, rows, caller);
      traffic.answered(rows);
      return ordered(answer, wanted);
    }
  }

  private Map<String, Tensor> execute(
      ServedModel model, Map<String, Tensor> inputs, Set<String> wanted, long rows, Caller caller) {
    Map<String, Tensor> answer = new LinkedHashMap<>();
    traffic.runs(rows);
    try {
      caller.await(nanos -> {
        if (!pause(faults.delay(rows), nanos)) {
          return false;
        }
        answer.putAll(model.body().run(inputs, wanted));
        return true;
      });
      return answer;
    } finally {
      traffic.ran();
    }
  }

  private Map<String, Tensor> ordered(Map<String, Tensor> answer, Set<String> wanted) {
    OutputFault fault = faults.outputFault();
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (String name : wanted) {
      Tensor tensor = answer.get(name);
      if (tensor == null) {
        throw new RefusedException(Status.Code.INTERNAL, "output '" + name + "' was not computed");
      }
      ordered.put(name, spoil(tensor, fault));
    }
    return ordered;
  }

  private static Tensor spoil(Tensor tensor, OutputFault fault) {
    return switch (fault) {
      case NONE -> tensor;
      case NAN -> filled(tensor, Double.NaN);
      case HUGE -> filled(tensor, 1e30);
      case TRUNCATED ->
          new Tensor(
              tensor.name(),
              tensor.type(),
              tensor.shape(),
              tensor.data().slice(tensor.data().position(), Math.max(0, tensor.size() - 1)));
    };
  }

  private static Tensor filled(Tensor tensor, double value) {
    if (!tensor.type().isFloat()) {
      return tensor;
    }
    ByteBuffer data = Tensor.allocate(tensor.size() / tensor.type().width(), tensor.type());
    while (data.hasRemaining()) {
      tensor.type().put(data, value);
    }
    return new Tensor(tensor.name(), tensor.type(), tensor.shape(), data.flip());
  }

  private static Map<String, Tensor> byName(List<Tensor> inputs) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (Tensor tensor : inputs) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw RefusedException.invalid("input '" + tensor.name() + "' is given twice");
      }
    }
    return byName;
  }

  private static Set<String> wanted(ServedModel model, List<String> outputs) {
    Set<String> wanted = new LinkedHashSet<>(outputs);
    if (wanted.isEmpty()) {
      model.outputs().forEach(spec -> wanted.add(spec.name()));
    }
    for (String name : wanted) {
      if (model.output(name).isEmpty()) {
        throw RefusedException.invalid(
            "unexpected inference output '%s' for model '%s'".formatted(name, model.name()));
      }
    }
    return wanted;
  }

  private static boolean pause(Duration time, long nanos) throws InterruptedException {
    if (time.isPositive()) {
      Thread.sleep(Duration.ofNanos(Math.min(time.toNanos(), nanos)));
    }
    return time.toNanos() <= nanos;
  }

  private static void fail(Status.Code code) {
    throw new RefusedException(code, "injected failure");
  }
}
