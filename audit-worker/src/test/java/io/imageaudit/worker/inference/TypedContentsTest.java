package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that reads typed contents only, under its own service name: as TorchServe does. */
class TypedContentsTest {

  private static final String SERVICE = "org.pytorch.serve.grpc.openinference.GRPCInferenceService";

  private final GrpcChannels channels = new GrpcChannels();
  private final HttpClient http = new InferenceConfig().modelHttp();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    MethodDescriptor<ModelInferRequest, ModelInferResponse> infer =
        MethodDescriptor.<ModelInferRequest, ModelInferResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(SERVICE + "/ModelInfer")
            .setRequestMarshaller(ProtoUtils.marshaller(ModelInferRequest.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(ModelInferResponse.getDefaultInstance()))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder(SERVICE)
                    .addMethod(infer, ServerCalls.asyncUnaryCall(TypedContentsTest::answer))
                    .build())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    channels.close();
    http.close();
    server.shutdownNow();
  }

  @Test
  void numbers_are_read() {
    InferenceOutcome outcome = model("typed", "fp32").infer(TestModels.batch(2));

    assertThat(outcome).isInstanceOf(Answered.class);
    assertThat(scores(outcome, 0)).containsExactly(0f, 5f);
    assertThat(scores(outcome, 1)).containsExactly(6f, 11f);
  }

  @Test
  void bytes_are_read_as_numbers_without_a_sign() {
    assertThat(scores(model("typed", "uint8").infer(TestModels.bytes(7, 0, 255)), 0))
        .containsExactly(7f, 255f);
  }

  @Test
  void encoded_pictures_are_read() {
    InferenceOutcome outcome =
        model("typed", "encoded").infer(TestModels.encoded(new byte[] {9, 8, 7}));

    assertThat(scores(outcome, 0)).containsExactly(9f, 7f);
  }

  @Test
  void raw_contents_are_not() {
    assertThat(model("raw", "fp32").infer(TestModels.batch(2))).isInstanceOf(Failed.class);
  }

  @ParameterizedTest
  @CsvSource({"oip-rest, fp32", "tensorflow-grpc, fp32", "oip-grpc, fp16"})
  void where_there_are_no_typed_contents_none_can_be_asked_for(String protocol, String datatype) {
    assertThatThrownBy(() -> settings("typed", datatype, protocol))
        .hasStackTraceContaining("contents: typed (expected: raw");
  }

  private ModelServer model(String contents, String datatype) {
    return new ServerAdapters(channels, http, InstantSource.system())
        .of("demo", settings(contents, datatype, "oip-grpc"), TestModels.NO_CREDENTIALS);
  }

  private ModelSettings settings(String contents, String datatype, String protocol) {
    return SettingsText.bind(
        """
        endpoint: 127.0.0.1:%d
        protocol: %s
        grpc-service: %s
        contents: %s
        input: {datatype: %s}
        labels: [first, last]
        """
            .formatted(server.getPort(), protocol, SERVICE, contents, datatype),
        ModelSettings.class);
  }

  /** Answers each row with its first and last element. */
  private static void answer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
    ModelInferRequest.InferInputTensor input = request.getInputs(0);
    long elements = input.getShapeList().stream().reduce(1L, Math::multiplyExact);
    float[] values = values(input);
    if (!input.getDatatype().equals("BYTES") && values.length != elements) {
      to.onError(Status.INTERNAL.withDescription("no data").asRuntimeException());
      return;
    }
    int rows = (int) input.getShape(0);
    InferTensorContents.Builder ends = InferTensorContents.newBuilder();
    for (int row = 0; row < rows; row++) {
      int width = values.length / rows;
      ends.addFp32Contents(values[row * width]).addFp32Contents(values[(row + 1) * width - 1]);
    }
    ModelInferResponse.InferOutputTensor.Builder output =
        ModelInferResponse.InferOutputTensor.newBuilder()
            .setName("scores")
            .setDatatype("FP32")
            .addShape(rows)
            .addShape(2)
            .setContents(ends);
    to.onNext(ModelInferResponse.newBuilder().addOutputs(output).build());
    to.onCompleted();
  }

  private static float[] values(ModelInferRequest.InferInputTensor input) {
    InferTensorContents contents = input.getContents();
    return switch (input.getDatatype()) {
      case "FP32" -> Elements.ofNumbers(contents.getFp32ContentsList());
      case "UINT8" -> Elements.ofNumbers(contents.getUintContentsList());
      default -> Elements.of("UINT8", contents.getBytesContents(0));
    };
  }

  private static float[] scores(InferenceOutcome outcome, int row) {
    assertThat(outcome).isInstanceOf(Answered.class);
    return Objects.requireNonNull(((Answered) outcome).outputs().get("scores")).row(row).values();
  }
}
