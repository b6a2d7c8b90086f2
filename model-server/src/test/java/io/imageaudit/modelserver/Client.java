package io.imageaudit.modelserver;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferRequest.InferInputTensor;
import io.imageaudit.inference.serving.ModelServiceGrpc;
import io.imageaudit.inference.serving.ModelServiceGrpc.ModelServiceBlockingStub;
import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.serving.PredictionServiceGrpc;
import io.imageaudit.inference.serving.PredictionServiceGrpc.PredictionServiceBlockingStub;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import io.imageaudit.inference.tensorflow.TensorShapeProto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls a server over all its protocols. */
final class Client implements AutoCloseable {

  private final ManagedChannel channel;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String rest;

  Client(ModelServer server) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    this.rest = "http://127.0.0.1:" + server.restPort();
  }

  ManagedChannel channel() {
    return channel;
  }

  GRPCInferenceServiceBlockingStub oip() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel);
  }

  PredictionServiceBlockingStub prediction() {
    return PredictionServiceGrpc.newBlockingStub(channel);
  }

  ModelServiceBlockingStub status() {
    return ModelServiceGrpc.newBlockingStub(channel);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<byte[]> binary(String path, int jsonSize, byte[] body)
      throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Inference-Header-Content-Length", Integer.toString(jsonSize))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(rest + path)).timeout(Duration.ofSeconds(20));
  }

  /** A request with rows of 12 numbers each in raw bytes. */
  static ModelInferRequest.Builder inferRequest(String model, float... numbers) {
    return ModelInferRequest.newBuilder()
        .setModelName(model)
        .addInputs(input("FP32", numbers.length / 12))
        .addRawInputContents(ByteString.copyFrom(floats(numbers)));
  }

  static InferInputTensor.Builder input(String datatype, long rows) {
    return InferInputTensor.newBuilder()
        .setName("image")
        .setDatatype(datatype)
        .addAllShape(List.of(rows, 3L, 2L, 2L));
  }

  static PredictRequest.Builder predictRequest(String model, float... numbers) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(numbers.length / 12, 3, 2, 2))
            .setTensorContent(ByteString.copyFrom(floats(numbers)))
            .build();
    return PredictRequest.newBuilder()
        .setModelSpec(ModelSpec.newBuilder().setName(model))
        .putInputs("image", tensor);
  }

  static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  /** Rows of 12 numbers each: row r has r, r + 0.01, r + 0.02, ... all divided by 4. */
  static float[] rows(int count) {
    float[] numbers = new float[count * 12];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i / 12 + (i % 12) / 100f) / 4f;
    }
    return numbers;
  }

  static ByteBuffer floats(float... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return bytes.flip();
  }

  static List<Float> floats(ByteBuffer bytes) {
    List<Float> floats = new ArrayList<>();
    ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    while (source.remaining() >= Float.BYTES) {
      floats.add(source.getFloat());
    }
    return floats;
  }

  /** The status with which a call fails; OK when it does not. */
  static Status statusOf(Runnable call) {
    try {
      call.run();
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    http.shutdownNow();
  }
}
