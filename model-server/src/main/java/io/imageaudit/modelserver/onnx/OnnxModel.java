package io.imageaudit.modelserver.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.grpc.Status;
import io.imageaudit.modelserver.serve.ModelBody;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A model file in an ONNX Runtime session. */
final class OnnxModel implements ModelBody {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<TensorSpec> inputs;
  private final List<TensorSpec> outputs;
  private final InputMemory memory = new InputMemory();

  /** Runs read, closing writes: native memory must not go while a run uses it. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxModel(OrtEnvironment environment, OrtSession session) throws OrtException {
    this.environment = environment;
    this.session = session;
    this.inputs = specs(session.getInputInfo());
    this.outputs = specs(session.getOutputInfo());
  }

  /**
   * Loads a file.
   *
   * @param threads threads that one run computes with
   * @throws IllegalArgumentException when it is no model that can be served
   */
  static OnnxModel load(Path file, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Threads that spin while they wait would take the cores from everybody else.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new OnnxModel(environment, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "models: " + file + " (expected: an ONNX model): " + e.getMessage(), e);
    }
  }

  List<TensorSpec> inputs() {
    return inputs;
  }

  List<TensorSpec> outputs() {
    return outputs;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> tensors, Set<String> wanted) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new RefusedException(Status.Code.UNAVAILABLE, "The server is stopping");
      }
      return compute(tensors, wanted);
    } catch (OrtException e) {
      throw new RefusedException(Status.Code.INTERNAL, "onnx runtime error: " + e.getMessage());
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
        memory.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("A session cannot be closed", e);
    } finally {
      life.writeLock().unlock();
    }
  }

  private Map<String, Tensor> compute(Map<String, Tensor> tensors, Set<String> wanted)
      throws OrtException {
    Map<String, OnnxTensor> arguments = new LinkedHashMap<>();
    InputMemory.Block block = memory.take(bytes(tensors));
    try (OrtSession.Result result = run(tensors, wanted, arguments, block.parts())) {
      Map<String, Tensor> answer = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        answer.put(output.getKey(), answer(output.getKey(), output.getValue()));
      }
      return answer;
    } finally {
      arguments.values().forEach(OnnxTensor::close);
      memory.give(block);
    }
  }

  /** What the tensors take, each begun at a multiple of 8 bytes. */
  private static long bytes(Map<String, Tensor> tensors) {
    return tensors.values().stream().mapToLong(tensor -> tensor.size() + Long.BYTES).sum();
  }

  private OrtSession.Result run(
      Map<String, Tensor> tensors,
      Set<String> wanted,
      Map<String, OnnxTensor> arguments,
      SegmentAllocator parts)
      throws OrtException {
    for (Tensor tensor : tensors.values()) {
      arguments.put(tensor.name(), argument(tensor, parts));
    }
    return session.run(arguments, wanted);
  }

  private OnnxTensor argument(Tensor tensor, SegmentAllocator parts) throws OrtException {
    ByteBuffer direct =
        parts
            .allocate(tensor.size(), Long.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .put(tensor.elements())
            .flip();
    return OnnxTensor.createTensor(
        environment, direct, tensor.shape().toArray(), OnnxTypes.ofTensor(tensor.type()));
  }

  private static Tensor answer(String name, OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new RefusedException(Status.Code.UNIMPLEMENTED, "output '" + name + "' is no tensor");
    }
    TensorInfo info = tensor.getInfo();
    return new Tensor(
        name, OnnxTypes.ofOnnx(info.type), Shape.of(info.getShape()), tensor.getByteBuffer());
  }

  private static List<TensorSpec> specs(Map<String, NodeInfo> nodes) {
    List<TensorSpec> specs = new ArrayList<>();
    for (NodeInfo node : nodes.values()) {
      if (!(node.getInfo() instanceof TensorInfo info)
          || info.type == OnnxJavaType.STRING
          || info.type == OnnxJavaType.UNKNOWN) {
        throw new IllegalArgumentException(
            "models: %s is %s (expected: a tensor of numbers)"
                .formatted(node.getName(), node.getInfo()));
      }
      specs.add(
          new TensorSpec(node.getName(), OnnxTypes.ofOnnx(info.type), Shape.of(info.getShape())));
    }
    return specs;
  }
}
