package io.imageaudit.modelserver;

import static io.imageaudit.modelserver.Client.floats;
import static io.imageaudit.modelserver.Client.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import io.grpc.CallOptions;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferRequest.InferRequestedOutputTensor;
import io.imageaudit.inference.oip.ModelMetadataRequest;
import io.imageaudit.inference.oip.ModelReadyRequest;
import io.imageaudit.inference.oip.ServerLiveRequest;
import io.imageaudit.inference.oip.ServerMetadataRequest;
import io.imageaudit.inference.oip.ServerReadyRequest;
import io.imageaudit.inference.serving.GetModelMetadataRequest;
import io.imageaudit.inference.serving.GetModelStatusRequest;
import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.inference.serving.ModelVersionStatus;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.serving.SignatureDefMap;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
class ProtocolsTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final float[] TWO_ROWS = rows(2);

  private ModelServer server;
  private Client client;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = ModelServer.start(TinyServer.settings(folder).build());
    client = new Client(server);
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void oip_grpc_answers_raw_contents_in_raw_contents() {
    var answer = client.oip().modelInfer(Client.inferRequest("tiny", TWO_ROWS).setId("a1").build());

    assertThat(answer.getModelVersion()).isEqualTo("3");
    assertThat(answer.getId()).isEqualTo("a1");
    assertThat(answer.getOutputsList())
        .extracting(out -> out.getName())
        .containsExactly("scores", "mean");
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(2L, 3L);
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
    assertScores(floats(answer.getRawOutputContents(0).asReadOnlyByteBuffer()));
  }

  @Test
  void oip_grpc_takes_typed_contents_and_gives_them_when_asked() {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float number : TWO_ROWS) {
      contents.addFp32Contents(number);
    }
    var answer =
        client
            .oip()
            .modelInfer(
                ModelInferRequest.newBuilder()
                    .setModelName("tiny")
                    .setModelVersion("1")
                    .putParameters(
                        "typed_output", InferParameter.newBuilder().setBoolParam(true).build())
                    .addInputs(Client.input("FP32", 2).setContents(contents))
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("scores"))
                    .build());

    assertThat(answer.getModelVersion()).isEqualTo("1");
    assertThat(answer.getRawOutputContentsCount()).isZero();
    assertThat(answer.getOutputsCount()).isEqualTo(1);
    assertScores(answer.getOutputs(0).getContents().getFp32ContentsList());
  }

  @Test
  void oip_grpc_answers_under_the_service_name_of_torch_serve() {
    var method =
        GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder()
            .setFullMethodName(
                "org.pytorch.serve.grpc.openinference.GRPCInferenceService/ModelInfer")
            .build();
    var answer =
        ClientCalls.blockingUnaryCall(
            client.channel(),
            method,
            CallOptions.DEFAULT,
            Client.inferRequest("tiny", TWO_ROWS).build());
    assertScores(floats(answer.getRawOutputContents(0).asReadOnlyByteBuffer()));
  }

  @Test
  void oip_rest_takes_and_gives_json() throws Exception {
    HttpResponse<String> answer =
        client.send(
            "POST",
            "/v2/models/tiny/versions/3/infer",
            "{\"id\":\"a2\",\"inputs\":[{\"data\":%s,\"datatype\":\"FP32\",\"shape\":[2,3,2,2],\"name\":\"image\"}],\"outputs\":[{\"name\":\"scores\"}]}"
                .formatted(Arrays.toString(TWO_ROWS)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("id").asString()).isEqualTo("a2");
    assertThat(json.path("outputs")).hasSize(1);
    assertScores(numbers(json.path("outputs").path(0).path("data")));
  }

  @Test
  void oip_rest_takes_and_gives_binary_tensors() throws Exception {
    String json =
        "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[2,3,2,2],\"parameters\":{\"binary_data_size\":96}}],\"outputs\":[{\"name\":\"mean\",\"parameters\":{\"binary_data\":false}},{\"name\":\"scores\"}]}";
    HttpResponse<byte[]> answer =
        client.binary("/v2/models/tiny/infer", json.length(), body(json, floats(TWO_ROWS)));

    int size =
        Integer.parseInt(
            answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    JsonNode head = JSON.readTree(new String(answer.body(), 0, size, StandardCharsets.UTF_8));
    assertThat(head.path("outputs").path(0).path("data")).hasSize(6);
    assertThat(head.path("outputs").path(1).path("parameters").path("binary_data_size").asInt())
        .isEqualTo(24);
    assertScores(floats(ByteBuffer.wrap(answer.body(), size, answer.body().length - size)));
  }

  @Test
  void oip_rest_takes_one_raw_row_without_json() throws Exception {
    HttpResponse<byte[]> answer =
        client.binary("/v2/models/tiny/infer", 0, body("", floats(rows(1))));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  @Test
  void tensorflow_serving_grpc_takes_bytes_and_gives_values() {
    var answer = client.prediction().predict(Client.predictRequest("tiny", TWO_ROWS).build());

    assertThat(answer.getModelSpec().getVersion().getValue()).isEqualTo(3);
    assertThat(answer.getOutputsMap()).containsOnlyKeys("scores", "mean");
    assertScores(answer.getOutputsOrThrow("scores").getFloatValList());
  }

  @Test
  void tensorflow_serving_grpc_takes_values_and_repeats_the_last_one() {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(Client.shape(1, 3, 2, 2))
            .addFloatVal(0.5f)
            .build();
    var answer =
        client
            .prediction()
            .predict(
                PredictRequest.newBuilder()
                    .setModelSpec(
                        ModelSpec.newBuilder().setName("tiny").setVersion(Int64Value.of(1)))
                    .putInputs("image", tensor)
                    .addOutputFilter("mean")
                    .build());

    assertThat(answer.getOutputsMap()).containsOnlyKeys("mean");
    assertThat(answer.getOutputsOrThrow("mean").getFloatValList())
        .containsExactly(0.5f, 0.5f, 0.5f);
  }

  @Test
  void tensorflow_serving_rest_takes_rows() throws Exception {
    HttpResponse<String> answer =
        client.send(
            "POST",
            "/v1/models/tiny:predict",
            "{\"signature_name\":\"serving_default\",\"instances\":[{\"image\":%s},{\"image\":%s}]}"
                .formatted(nested(TWO_ROWS, 0), nested(TWO_ROWS, 1)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<Float> scores = new ArrayList<>();
    JSON.readTree(answer.body())
        .path("predictions")
        .forEach(row -> scores.addAll(numbers(row.path("scores"))));
    assertScores(scores);
  }

  @Test
  void tensorflow_serving_rest_takes_columns() throws Exception {
    HttpResponse<String> answer =
        client.send(
            "POST",
            "/v1/models/tiny/versions/1:predict",
            "{\"inputs\":[%s,%s]}".formatted(nested(TWO_ROWS, 0), nested(TWO_ROWS, 1)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<Float> scores = new ArrayList<>();
    JSON.readTree(answer.body())
        .path("outputs")
        .path("scores")
        .forEach(row -> scores.addAll(numbers(row)));
    assertScores(scores);
  }

  @Test
  void a_model_with_one_output_answers_rows_and_columns_without_its_name() throws Exception {
    assertThat(
            client.send("POST", "/v1/models/picky:predict", "{\"instances\":[[1],[2.5]]}").body())
        .isEqualTo("{\"predictions\":[[2.0],[5.0]]}");
    assertThat(
            client
                .send("POST", "/v1/models/picky:predict", "{\"inputs\":{\"x\":[[1],[2]]}}")
                .body())
        .isEqualTo("{\"outputs\":[[2.0],[4.0]]}");
  }

  @Test
  void bytes_and_halves_are_taken_as_the_model_asks() {
    byte[] pixels = new byte[12];
    Arrays.fill(pixels, (byte) 200);
    ByteBuffer halves = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    while (halves.hasRemaining()) {
      halves.putShort(Float.floatToFloat16(0.5f));
    }

    assertThat(means("bytes", "UINT8", ByteString.copyFrom(pixels)))
        .containsExactly(200f, 200f, 200f);
    assertThat(means("halves", "FP16", ByteString.copyFrom(halves.flip())))
        .containsExactly(0.5f, 0.5f, 0.5f);
  }

  @Test
  void encoded_images_are_taken_as_byte_strings() throws Exception {
    InferTensorContents images =
        InferTensorContents.newBuilder()
            .addBytesContents(ByteString.copyFromUtf8("abc"))
            .addBytesContents(ByteString.copyFromUtf8("abcde"))
            .build();
    var answer =
        client
            .oip()
            .modelInfer(
                ModelInferRequest.newBuilder()
                    .setModelName("encoded")
                    .addInputs(
                        ModelInferRequest.InferInputTensor.newBuilder()
                            .setName("image")
                            .setDatatype("BYTES")
                            .addShape(2)
                            .setContents(images))
                    .build());
    assertThat(floats(answer.getRawOutputContents(0).asReadOnlyByteBuffer()))
        .containsExactly(3f, 5f);
    assertThat(
            client
                .send("POST", "/v1/models/encoded:predict", "{\"instances\":[{\"b64\":\"YWJj\"}]}")
                .body())
        .isEqualTo("{\"predictions\":[[3.0]]}");
  }

  @Test
  void server_and_models_tell_about_themselves_over_grpc() throws Exception {
    assertThat(client.oip().serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(client.oip().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
        .isTrue();
    assertThat(
            client
                .oip()
                .serverMetadata(ServerMetadataRequest.getDefaultInstance())
                .getExtensionsList())
        .contains("binary_tensor_data");
    assertThat(client.oip().modelReady(ready("tiny", "3")).getReady()).isTrue();
    assertThat(client.oip().modelReady(ready("tiny", "2")).getReady()).isFalse();
    var metadata =
        client.oip().modelMetadata(ModelMetadataRequest.newBuilder().setName("tiny").build());
    assertThat(metadata.getVersionsList()).containsExactly("3", "1");
    assertThat(metadata.getInputs(0).getDatatype()).isEqualTo("FP32");
    assertThat(metadata.getInputs(0).getShapeList()).containsExactly(-1L, 3L, 2L, 2L);
    assertThat(
            HealthGrpc.newBlockingStub(client.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    ModelSpec spec = ModelSpec.newBuilder().setName("tiny").build();
    assertThat(
            client
                .status()
                .getModelStatus(GetModelStatusRequest.newBuilder().setModelSpec(spec).build())
                .getModelVersionStatusList())
        .extracting(ModelVersionStatus::getVersion, ModelVersionStatus::getState)
        .containsExactly(
            tuple(3L, ModelVersionStatus.State.AVAILABLE),
            tuple(1L, ModelVersionStatus.State.AVAILABLE));
    var signatures =
        client
            .prediction()
            .getModelMetadata(
                GetModelMetadataRequest.newBuilder()
                    .setModelSpec(spec)
                    .addMetadataField("signature_def")
                    .build())
            .getMetadataOrThrow("signature_def")
            .unpack(SignatureDefMap.class);
    assertThat(
            signatures
                .getSignatureDefOrThrow("serving_default")
                .getInputsOrThrow("image")
                .getDtype())
        .isEqualTo(DataType.DT_FLOAT);
  }

  @Test
  void server_and_models_tell_about_themselves_over_rest() throws Exception {
    assertThat(client.get("/v2/health/live").statusCode()).isEqualTo(200);
    assertThat(client.get("/v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(client.get("/v2").body()).contains("image-audit-model-server");
    assertThat(client.get("/v2/models/tiny/versions/3/ready").statusCode()).isEqualTo(200);
    assertThat(client.get("/v2/models/nothing/ready").statusCode()).isEqualTo(400);
    assertThat(client.get("/v2/models/tiny").body())
        .contains("{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[-1,3,2,2]}");
    assertThat(client.get("/v1/models/tiny/versions/1").body())
        .contains("\"version\":\"1\",\"state\":\"AVAILABLE\"");
    assertThat(client.get("/v1/models/tiny/metadata").body())
        .contains("\"signature_def\"", "DT_FLOAT", "tensorflow/serving/predict");
  }

  private List<Float> means(String model, String datatype, ByteString raw) {
    var answer =
        client
            .oip()
            .modelInfer(
                ModelInferRequest.newBuilder()
                    .setModelName(model)
                    .addInputs(Client.input(datatype, 1))
                    .addRawInputContents(raw)
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("mean"))
                    .build());
    return floats(answer.getRawOutputContents(0).asReadOnlyByteBuffer());
  }

  private static ModelReadyRequest ready(String name, String version) {
    return ModelReadyRequest.newBuilder().setName(name).setVersion(version).build();
  }

  /** Compares with sigmoid of the channel means, computed here. */
  private static void assertScores(List<Float> scores) {
    assertThat(scores).hasSize(6);
    for (int i = 0; i < scores.size(); i++) {
      float sum = 0;
      for (int j = 0; j < 4; j++) {
        sum += TWO_ROWS[i * 4 + j];
      }
      assertThat(scores.get(i)).isCloseTo((float) (1 / (1 + Math.exp(-sum / 4))), within(1e-5f));
    }
  }

  private static List<Float> numbers(JsonNode array) {
    List<Float> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add((float) number.asDouble()));
    return numbers;
  }

  private static String nested(float[] numbers, int row) {
    StringBuilder channels = new StringBuilder();
    for (int i = row * 12; i < row * 12 + 12; i += 4) {
      channels.append(
          "%s[[%s,%s],[%s,%s]]"
              .formatted(
                  channels.isEmpty() ? "" : ",",
                  numbers[i],
                  numbers[i + 1],
                  numbers[i + 2],
                  numbers[i + 3]));
    }
    return "[" + channels + "]";
  }

  private static byte[] body(String json, ByteBuffer tensor) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(tensor.array());
    return body.toByteArray();
  }
}
