package io.imageaudit.modelserver;

import static io.imageaudit.modelserver.Client.inferRequest;
import static io.imageaudit.modelserver.Client.predictRequest;
import static io.imageaudit.modelserver.Client.rows;
import static io.imageaudit.modelserver.Client.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import io.grpc.Status;
import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferRequest.InferRequestedOutputTensor;
import io.imageaudit.inference.oip.ModelMetadataRequest;
import io.imageaudit.inference.serving.GetModelMetadataRequest;
import io.imageaudit.inference.serving.GetModelStatusRequest;
import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class RefusalsTest {

  private static final int MAX_MESSAGE = 64 << 10;

  private ModelServer server;
  private Client client;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = ModelServer.start(TinyServer.settings(folder).maxMessageBytes(MAX_MESSAGE).build());
    client = new Client(server);
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void unknown_models_and_versions_are_not_found() {
    refusesOip(r -> r.setModelName("nothing"), Status.Code.NOT_FOUND, "unknown model: 'nothing'");
    refusesOip(r -> r.setModelVersion("2"), Status.Code.NOT_FOUND, "version 2");
    refusesOip(r -> r.setModelVersion("newest"), Status.Code.NOT_FOUND, "version newest");
    refusesTfs(spec("nothing"), Status.Code.NOT_FOUND, "Latest(nothing)");
    refusesTfs(
        spec("tiny").setVersion(Int64Value.of(2)), Status.Code.NOT_FOUND, "Specific(tiny, 2)");
    assertThat(
            statusOf(() ->
                client
                    .oip()
                    .modelMetadata(ModelMetadataRequest.newBuilder().setName("no").build())))
        .returns(Status.Code.NOT_FOUND, Status::getCode);
    assertThat(
            statusOf(() ->
                client
                    .status()
                    .getModelStatus(
                        GetModelStatusRequest.newBuilder().setModelSpec(spec("nothing")).build())))
        .returns(Status.Code.NOT_FOUND, Status::getCode);
  }

  @Test
  void tensorflow_serving_refuses_labels_signatures_and_missing_names() {
    refusesTfs(spec("tiny").setVersionLabel("stable"), Status.Code.INVALID_ARGUMENT, "stable");
    refusesTfs(spec("tiny").setSignatureName("x"), Status.Code.FAILED_PRECONDITION, "\"x\"");
    refusesTfs(spec(""), Status.Code.INVALID_ARGUMENT, "no model name");
    GetModelMetadataRequest metadata =
        GetModelMetadataRequest.newBuilder().setModelSpec(spec("tiny")).build();
    assertThat(statusOf(() -> client.prediction().getModelMetadata(metadata)))
        .returns(Status.Code.INVALID_ARGUMENT, Status::getCode);
  }

  @Test
  void a_batch_beyond_the_bound_is_refused_in_the_words_of_each_server() {
    ModelInferRequest tooMany = inferRequest("tiny", rows(TinyServer.MAX_BATCH + 1)).build();
    assertRefused(
        statusOf(() -> client.oip().modelInfer(tooMany)),
        Status.Code.INVALID_ARGUMENT,
        "inference request batch-size must be <= 4 for 'tiny'");
    PredictRequest task = predictRequest("tiny", rows(TinyServer.MAX_BATCH + 1)).build();
    assertRefused(
        statusOf(() -> client.prediction().predict(task)),
        Status.Code.INVALID_ARGUMENT,
        "Task size 5 is larger than maximum batch size 4");
  }

  @Test
  void wrong_shapes_types_and_sizes_are_invalid() {
    invalidOip(r -> r.setInputs(0, r.getInputsBuilder(0).setShape(1, 4)), "Expected [-1,3,2,2]");
    invalidOip(r -> r.setInputs(0, r.getInputsBuilder(0).addShape(1)), "got [1,3,2,2,1]");
    invalidOip(r -> r.setInputs(0, r.getInputsBuilder(0).setShape(0, -1)), "got [-1,3,2,2]");
    invalidOip(r -> r.setInputs(0, r.getInputsBuilder(0).setShape(0, 0)), "batch size is 0");
    invalidOip(r -> r.setInputs(0, Client.input("UINT8", 1)), "data-type is 'UINT8'");
    invalidOip(r -> r.setInputs(0, Client.input("FP31", 1)), "invalid data-type 'FP31'");
    invalidOip(
        r -> r.setRawInputContents(0, ByteString.copyFrom(new byte[47])),
        "unexpected total byte size 47 for input 'image', expecting 48");
  }

  @Test
  void wrong_inputs_and_outputs_are_invalid() {
    invalidOip(r -> r.setInputs(0, Client.input("FP32", 1).setName("x")), "input 'x'");
    invalidOip(r -> r.clearInputs().clearRawInputContents(), "missing [image]");
    invalidOip(
        r -> r.addInputs(r.getInputs(0)).addRawInputContents(r.getRawInputContents(0)), "twice");
    invalidOip(ModelInferRequest.Builder::clearRawInputContents, "byte size 0");
    invalidOip(
        r -> r.addRawInputContents(ByteString.EMPTY), "expected 1 raw_input_contents, got 2");
    invalidOip(
        r ->
            r.setInputs(
                0, r.getInputsBuilder(0).setContents(InferTensorContents.getDefaultInstance())),
        "contents field must not be specified");
    invalidOip(
        r -> r.addOutputs(InferRequestedOutputTensor.newBuilder().setName("boxes")), "'boxes'");
  }

  @Test
  void typed_contents_must_fit_their_type() {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName("bytes")
            .addInputs(
                Client.input("UINT8", 1)
                    .setContents(InferTensorContents.newBuilder().addUintContents(256)));
    assertRefused(
        statusOf(() -> client.oip().modelInfer(request.build())),
        Status.Code.INVALID_ARGUMENT,
        "cannot hold 256");
    request.setModelName("halves").setInputs(0, Client.input("FP16", 1));
    assertRefused(
        statusOf(() -> client.oip().modelInfer(request.build())),
        Status.Code.INVALID_ARGUMENT,
        "only raw contents");
  }

  @Test
  void tensorflow_tensors_must_hold_what_their_shape_says() {
    invalidTfs(t -> t.setDtype(DataType.DT_COMPLEX64), "unsupported dtype");
    invalidTfs(t -> t.setDtype(DataType.DT_DOUBLE), "data-type is 'FP64'");
    invalidTfs(t -> t.clearTensorContent(), "0 values (expected: 12)");
    invalidTfs(
        t -> t.clearTensorContent().setTensorShape(Client.shape(1 << 30, 1 << 30, 1 << 30)),
        "is not one of <= 65536 bytes");
    invalidTfs(
        t -> t.clearTensorContent().addFloatVal(1).setTensorShape(Client.shape(4, 300, 200)),
        "is not one of <= 65536 bytes");
    invalidTfs(t -> t.setTensorShape(Client.shape(1, 12)), "Expected [-1,3,2,2]");
  }

  @Test
  void messages_beyond_the_bound_are_refused() throws Exception {
    ModelInferRequest large =
        inferRequest("tiny", rows(1))
            .setRawInputContents(0, ByteString.copyFrom(new byte[MAX_MESSAGE]))
            .build();
    assertThat(statusOf(() -> client.oip().modelInfer(large)))
        .returns(Status.Code.RESOURCE_EXHAUSTED, Status::getCode);
    HttpResponse<String> answer =
        client.send("POST", "/v2/models/tiny/infer", " ".repeat(MAX_MESSAGE + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("larger than 65536");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /                             |                                 | 404 | Not Found
          GET  | /v2/nothing                   |                                 | 404 | Not Found
          GET  | /v2/models/nothing            |                                 | 404 | unknown model
          GET  | /v2/models/tiny/nothing       |                                 | 404 | Not Found
          GET  | /v2/models/tiny/infer         |                                 | 405 | Not Allowed
          POST | /v2                           |                                 | 405 | Not Allowed
          POST | /v2/models/nothing/infer      | {}                              | 404 | unknown model
          POST | /v2/models/tiny/infer         | {                               | 400 | failed to parse
          POST | /v2/models/tiny/infer         | []                              | 400 | no JSON object
          POST | /v2/models/tiny/infer         | {}                              | 400 | missing [image]
          POST | /v2/models/tiny/infer         | {"inputs":3}                    | 400 | no array
          POST | /v2/models/tiny/infer         | {"inputs":[{"name":"image","datatype":"FP32","shape":[1]}]} | 400 | neither data
          POST | /v2/models/tiny/infer         | {"inputs":[{"name":"image","datatype":"FP32","data":[1]}]}  | 400 | no shape
          POST | /v2/models/tiny/infer         | {"inputs":[{"name":"image","datatype":"FP32","shape":[1.5],"data":[1]}]}  | 400 | invalid shape
          POST | /v2/models/tiny/infer         | {"inputs":[{"name":"image","datatype":"FP32","shape":[1,3,2,2],"data":[1]}]} | 400 | byte size 4
          POST | /v2/models/halves/infer       | {"inputs":[{"name":"image","datatype":"FP16","shape":[1,3,2,2],"data":[1]}]} | 400 | not supported
          POST | /v2/models/bytes/infer        | {"inputs":[{"name":"image","datatype":"UINT8","shape":[1,3,2,2],"data":[1.5]}]} | 400 | cannot hold 1.5
          POST | /v2/models/tiny/infer         | {"inputs":[{"name":"image","datatype":"FP32","shape":[1,3,2,2],"parameters":{"binary_data_size":48}}]} | 400 | binary_data_size
          GET  | /v1/models/nothing            |                                 | 404 | Servable not found
          GET  | /v1/models/tiny/versions/9    |                                 | 404 | Specific(tiny, 9)
          GET  | /v1/models/tiny/labels/stable |                                 | 400 | stable
          GET  | /v1/models                    |                                 | 404 | Malformed request
          GET  | /v1/models/tiny:predict       |                                 | 405 | Not Allowed
          POST | /v1/models/tiny:predict       | {}                              | 400 | Missing 'inputs' or 'instances'
          POST | /v1/models/tiny:predict       | [1]                             | 400 | an object
          POST | /v1/models/tiny:predict       | {"instances":[],"inputs":[]}    | 400 | Only one
          POST | /v1/models/tiny:predict       | {"instances":[]}                | 400 | missing [image]
          POST | /v1/models/tiny:predict       | {"instances":[[1,[2]]]}         | 400 | unevenly
          POST | /v1/models/tiny:predict       | {"instances":[[[1,2],[3]]]}     | 400 | ragged
          POST | /v1/models/tiny:predict       | {"instances":[{"x":1}]}         | 400 | unexpected input 'x'
          POST | /v1/models/tiny:predict       | {"instances":[1]}               | 400 | Expected [-1,3,2,2]
          POST | /v1/models/picky:predict      | {"instances":[[-1]]}            | 400 | a row is negative
          POST | /v1/models/picky:predict      | {"instances":[["a"]]}           | 400 | cannot hold text
          POST | /v1/models/encoded:predict    | {"instances":[{"b64":"?"}]}     | 400 | not base64
          POST | /v1/models/picky:predict      | {"instances":[[1],[2],[3],[4],[5]]} | 400 | Task size 5
          PUT  | /admin/faults                 | {"hang":true}                   | 404 | Not Found
          """)
  void rest_refuses_with_the_status_of_its_protocol(
      String method, String path, String body, int status, String message) throws Exception {
    HttpResponse<String> answer = client.send(method, path, body == null ? "" : body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":\"").contains(message);
  }

  @Test
  void arrays_nested_without_end_are_refused() throws Exception {
    HttpResponse<String> answer =
        client.send("POST", "/v1/models/tiny:predict", "{\"inputs\":" + "[".repeat(400));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("too deep");
  }

  private void invalidOip(UnaryOperator<ModelInferRequest.Builder> change, String message) {
    refusesOip(change, Status.Code.INVALID_ARGUMENT, message);
  }

  private void refusesOip(
      UnaryOperator<ModelInferRequest.Builder> change, Status.Code code, String message) {
    ModelInferRequest request = change.apply(inferRequest("tiny", rows(1))).build();
    assertRefused(statusOf(() -> client.oip().modelInfer(request)), code, message);
  }

  private void invalidTfs(UnaryOperator<TensorProto.Builder> change, String message) {
    PredictRequest.Builder request = predictRequest("tiny", rows(1));
    TensorProto.Builder tensor = request.getInputsOrThrow("image").toBuilder();
    request.putInputs("image", change.apply(tensor).build());
    assertRefused(
        statusOf(() -> client.prediction().predict(request.build())),
        Status.Code.INVALID_ARGUMENT,
        message);
  }

  private void refusesTfs(ModelSpec.Builder spec, Status.Code code, String message) {
    PredictRequest request = predictRequest("tiny", rows(1)).setModelSpec(spec).build();
    assertRefused(statusOf(() -> client.prediction().predict(request)), code, message);
  }

  private static void assertRefused(Status status, Status.Code code, String message) {
    assertThat(status.getCode()).as(String.valueOf(status.getDescription())).isEqualTo(code);
    assertThat(status.getDescription()).contains(message);
  }

  private static ModelSpec.Builder spec(String name) {
    return ModelSpec.newBuilder().setName(name);
  }
}
