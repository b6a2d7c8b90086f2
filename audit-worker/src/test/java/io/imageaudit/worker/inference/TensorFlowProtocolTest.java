package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.serving.PredictResponse;
import io.imageaudit.inference.serving.PredictionServiceGrpc.PredictionServiceImplBase;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.ModelSettings.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TensorFlow Serving's messages, written field by field from its own definitions. */
class TensorFlowProtocolTest {

  private final List<PredictRequest> asked = new CopyOnWriteArrayList<>();
  private final GrpcChannels channels = new GrpcChannels();
  private final HttpClient http = new InferenceConfig().modelHttp();
  private volatile byte[] answer = {};
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                new PredictionServiceImplBase() {
                  @Override
                  public void predict(PredictRequest request, StreamObserver<PredictResponse> to) {
                    asked.add(request);
                    try {
                      to.onNext(PredictResponse.parseFrom(answer));
                      to.onCompleted();
                    } catch (IOException e) {
                      to.onError(e);
                    }
                  }
                })
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
  void a_request_has_the_bytes_that_the_definitions_say() {
    answer = new byte[0];
    var _ = ask(1);

    // 1: model_spec {1: "served"}; 2: inputs {1: "image", 2: {1: DT_FLOAT, 2: shape, 4: content}};
    // 3: output_filter "scores".
    assertThat(HexFormat.of().formatHex(asked.getFirst().toByteArray()))
        .isEqualTo(
            "0a080a06736572766564"
                + "12370a05696d616765122e0801"
                + "1210"
                + "12020801"
                + "12020803"
                + "12020801"
                + "12020802"
                + "2218"
                + "000000000000803f000000400000404000008040"
                + "0000a040"
                + "1a0673636f726573");
  }

  @Test
  void values_and_content_are_read_alike() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    content.putFloat(0.1f).putFloat(0.2f).putFloat(0.3f).putFloat(0.4f);
    answer = response(tensor(4, content.array()));
    assertThat(scores(ask(2), 1)).containsExactly(0.3f, 0.4f);

    answer = response(tensor(5, content.array())); // float_val, packed
    assertThat(scores(ask(2), 1)).containsExactly(0.3f, 0.4f);
  }

  @Test
  void one_value_stands_for_all() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f);
    answer = response(tensor(5, one.array()));

    assertThat(scores(ask(2), 1)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void an_answer_for_another_number_of_pictures_is_not_even_filled_up() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f);
    answer = response(tensor(5, one.array()));

    assertThat(ask(3))
        .isEqualTo(
            new InferenceOutcome.Failed(
                InferenceOutcome.Failed.Kind.FAULTY,
                "BAD_ANSWER",
                "shape: [2, 2] (expected: 3 rows, one for each picture)"));
  }

  @Test
  void outputs_that_are_not_read_cannot_spoil_an_answer() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    answer =
        PredictResponse.parseFrom(response(tensor(4, content.array()))).toBuilder()
            .putOutputs("words", TensorProto.newBuilder().setDtype(DataType.DT_STRING).build())
            .build()
            .toByteArray();

    assertThat(scores(ask(2), 1)).containsExactly(0f, 0f);
  }

  private InferenceOutcome ask(int pictures) {
    ModelSettings model =
        TestModels.settings(Protocol.TENSORFLOW_GRPC, "127.0.0.1:" + server.getPort());
    return new ServerAdapters(channels, http, InstantSource.system())
        .of("model", model, TestModels.NO_CREDENTIALS)
        .infer(TestModels.batch(pictures));
  }

  /** TensorProto {1: dtype DT_FLOAT, 2: shape [2, 2], the values in the given field}. */
  private static byte[] tensor(int field, byte[] values) throws IOException {
    return message(out -> {
      out.writeEnum(1, 1);
      out.writeByteArray(
          2,
          message(shape -> {
            shape.writeByteArray(2, message(dim -> dim.writeInt64(1, 2)));
            shape.writeByteArray(2, message(dim -> dim.writeInt64(1, 2)));
          }));
      out.writeByteArray(field, values);
    });
  }

  /** PredictResponse {1: outputs {1: "scores", 2: tensor}}. */
  private static byte[] response(byte[] tensor) throws IOException {
    return message(out ->
        out.writeByteArray(
            1,
            message(entry -> {
              entry.writeString(1, "scores");
              entry.writeBytes(2, ByteString.copyFrom(tensor));
            })));
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static float[] scores(InferenceOutcome outcome, int row) {
    assertThat(outcome).isInstanceOf(Answered.class);
    return Objects.requireNonNull(((Answered) outcome).outputs().get("scores")).row(row).values();
  }
}
