package io.imageaudit.modelserver;

import static io.imageaudit.modelserver.Client.floats;
import static io.imageaudit.modelserver.Client.inferRequest;
import static io.imageaudit.modelserver.Client.predictRequest;
import static io.imageaudit.modelserver.Client.rows;
import static io.imageaudit.modelserver.Client.statusOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.inference.oip.ServerReadyRequest;
import io.imageaudit.modelserver.fault.LatencyCurve;
import io.imageaudit.modelserver.fault.OutputFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class FaultsTest {

  private static final ModelInferRequest REQUEST = inferRequest("tiny", rows(1)).build();
  private static final String PREDICT = "{\"instances\":[[1]]}";

  private ModelServer server;
  private Client client;

  @BeforeAll
  void start(@TempDir Path folder) {
    server =
        ModelServer.start(
            TinyServer.settings(folder)
                .executors(1)
                .maxQueue(2)
                .admin(true)
                .restPatience(Duration.ofMillis(300))
                .build());
    client = new Client(server);
  }

  @AfterEach
  void heal() {
    server.faults().reset();
    assertThat(statusOf(this::infer).isOk()).isTrue();
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void the_next_calls_fail_with_the_code_of_each_protocol() throws Exception {
    server.faults().failNext(4, Status.Code.UNAVAILABLE);
    assertThat(statusOf(this::infer)).returns(Status.Code.UNAVAILABLE, Status::getCode);
    assertThat(statusOf(() -> client.prediction().predict(predictRequest("tiny", rows(1)).build())))
        .returns(Status.Code.UNAVAILABLE, Status::getCode);
    assertThat(client.send("POST", "/v1/models/picky:predict", PREDICT).statusCode())
        .isEqualTo(503);
    assertThat(client.binary("/v2/models/tiny/infer", 0, floats(rows(1)).array()).statusCode())
        .isEqualTo(503);
    assertThat(statusOf(this::infer).isOk()).isTrue();
  }

  @Test
  void a_share_of_the_calls_fails() {
    server.faults().failShare(0.5, Status.Code.RESOURCE_EXHAUSTED);
    List<Status.Code> codes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      codes.add(statusOf(this::infer).getCode());
    }
    assertThat(codes).containsOnly(Status.Code.OK, Status.Code.RESOURCE_EXHAUSTED);
    assertThat(codes.stream().filter(code -> code == Status.Code.OK).count()).isBetween(25L, 75L);
  }

  @Test
  void a_hanging_call_ends_with_the_deadline_of_its_caller() throws Exception {
    server.faults().hang(true);
    assertThat(
            statusOf(() ->
                client.oip().withDeadlineAfter(200, TimeUnit.MILLISECONDS).modelInfer(REQUEST)))
        .returns(Status.Code.DEADLINE_EXCEEDED, Status::getCode);
    assertThat(client.send("POST", "/v1/models/picky:predict", PREDICT).statusCode())
        .isEqualTo(504);
  }

  @Test
  void a_hanging_call_is_answered_once_it_no_longer_hangs() throws Exception {
    server.faults().hang(true);
    long before = server.traffic().calls();
    ListenableFuture<ModelInferResponse> call = inferLater();
    await().until(() -> server.traffic().calls() > before);
    server.faults().hang(false);
    assertThat(call.get(5, TimeUnit.SECONDS).getModelName()).isEqualTo("tiny");
  }

  @Test
  void slow_calls_queue_and_the_queue_is_bounded() throws Exception {
    server.faults().slow(LatencyCurve.constant(Duration.ofSeconds(5)));
    long before = server.traffic().calls();
    List<ListenableFuture<ModelInferResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(inferLater());
    }
    await().until(() -> server.traffic().calls() == before + 3);
    await()
        .untilAsserted(() ->
            assertThat(
                    statusOf(() ->
                        client.oip().withDeadlineAfter(1, TimeUnit.SECONDS).modelInfer(REQUEST)))
                .returns(Status.Code.UNAVAILABLE, Status::getCode)
                .returns("Exceeds maximum queue size", Status::getDescription));
    server.faults().reset();
    for (ListenableFuture<ModelInferResponse> call : calls) {
      assertThat(call.get(30, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(2);
    }
  }

  @Test
  void a_call_that_is_cancelled_while_it_waits_leaves_the_queue() throws Exception {
    server.faults().slow(LatencyCurve.constant(Duration.ofMillis(500)));
    ListenableFuture<ModelInferResponse> running = inferLater();
    await().until(() -> server.traffic().running() == 1);
    ListenableFuture<ModelInferResponse> cancelled = inferLater();
    cancelled.cancel(true);
    server.faults().reset();
    assertThat(running.get(5, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(2);
    assertThat(statusOf(this::infer).isOk()).isTrue();
  }

  @Test
  void the_timeout_of_a_request_bounds_its_wait_in_the_queue() throws Exception {
    server.faults().slow(LatencyCurve.constant(Duration.ofSeconds(2)));
    ListenableFuture<ModelInferResponse> running = inferLater();
    await().until(() -> server.traffic().running() == 1);
    ModelInferRequest.Builder impatient = REQUEST.toBuilder();
    impatient.putParameters("timeout", InferParameter.newBuilder().setInt64Param(50_000).build());
    assertThat(statusOf(() -> client.oip().modelInfer(impatient.build())))
        .returns(Status.Code.UNAVAILABLE, Status::getCode)
        .returns("Request timeout expired", Status::getDescription);
    running.cancel(true);
  }

  @Test
  void closed_ports_refuse_connections_and_open_on_the_same_numbers(@TempDir Path folder)
      throws Exception {
    try (ModelServer other = ModelServer.start(TinyServer.settings(folder).build());
        Client caller = new Client(other)) {
      int grpcPort = other.grpcPort();
      other.faults().refuseConnections(true);
      assertThat(statusOf(() -> caller.oip().modelInfer(REQUEST)))
          .returns(Status.Code.UNAVAILABLE, Status::getCode);
      assertThatIOException().isThrownBy(() -> caller.get("/v2/health/live"));

      other.faults().refuseConnections(false);
      assertThat(other.grpcPort()).isEqualTo(grpcPort);
      assertThat(statusOf(() -> caller.oip().withWaitForReady().modelInfer(REQUEST)).isOk())
          .isTrue();
      assertThat(caller.get("/v2/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void outputs_can_be_spoilt() throws Exception {
    server.faults().spoilOutput(OutputFault.NAN);
    assertThat(scores(infer())).containsOnly(Float.NaN);
    assertThat(client.send("POST", "/v1/models/picky:predict", PREDICT).body())
        .isEqualTo("{\"predictions\":[[NaN]]}");
    server.faults().spoilOutput(OutputFault.HUGE);
    assertThat(scores(infer())).containsOnly(1e30f);
    server.faults().spoilOutput(OutputFault.TRUNCATED);
    assertThat(infer().getRawOutputContents(0).size()).isEqualTo(11);
  }

  @Test
  void outputs_can_come_in_typed_contents() {
    server.faults().typedOutput(true);
    ModelInferResponse answer = infer();
    assertThat(answer.getRawOutputContentsCount()).isZero();
    assertThat(answer.getOutputs(0).getContents().getFp32ContentsCount()).isEqualTo(3);
  }

  @Test
  void a_server_that_is_not_ready_says_so_everywhere() throws Exception {
    server.faults().notReady(true);
    assertThat(client.oip().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
        .isFalse();
    assertThat(client.get("/v2/health/ready").statusCode()).isEqualTo(400);
    assertThat(client.get("/v2/models/tiny/ready").statusCode()).isEqualTo(400);
    assertThat(client.get("/v1/models/tiny").body())
        .contains("LOADING")
        .doesNotContain("AVAILABLE");
  }

  @Test
  void faults_are_switched_over_rest_where_the_settings_allow_it() throws Exception {
    assertThat(
            client
                .send(
                    "PUT",
                    "/admin/faults",
                    "{\"fail_next\":{\"calls\":1,\"code\":\"INTERNAL\"},\"output\":\"nan\",\"typed_output\":true}")
                .statusCode())
        .isEqualTo(200);
    assertThat(statusOf(this::infer)).returns(Status.Code.INTERNAL, Status::getCode);
    assertThat(infer().getOutputs(0).getContents().getFp32ContentsList()).containsOnly(Float.NaN);
    client.send("PUT", "/admin/faults", "{\"refuse\":true}");
    assertThat(statusOf(this::infer)).returns(Status.Code.UNAVAILABLE, Status::getCode);
    assertThatIOException().isThrownBy(() -> client.get("/v2/health/live"));
    assertThat(client.send("DELETE", "/admin/faults", "").statusCode()).isEqualTo(200);
    assertThat(statusOf(() -> client.oip().withWaitForReady().modelInfer(REQUEST)).isOk()).isTrue();
    assertThat(client.get("/admin/traffic").body()).contains("\"largest_batch\":");
    for (String wrong :
        List.of(
            "{\"x\":1}", "[]", "{", "{\"output\":\"blue\"}", "{\"latency\":{\"curve\":\"1\"}}")) {
      assertThat(client.send("PUT", "/admin/faults", wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void executors_run_calls_side_by_side_and_every_call_is_counted() throws Exception {
    SimulatedModel model =
        SimulatedModel.parse(
            "name=sim;input=x:FP32:-1,12;output=y:FP32:-1,2;latency=1:100,8:150;jitter=0.1;executors=8");
    try (ModelServer other =
            ModelServer.start(ModelServerSettings.forTests().simulated(model).build());
        Client caller = new Client(other)) {
      List<ListenableFuture<ModelInferResponse>> calls = new ArrayList<>();
      ModelInferRequest request =
          inferRequest("sim", rows(1))
              .setInputs(
                  0,
                  ModelInferRequest.InferInputTensor.newBuilder()
                      .setName("x")
                      .setDatatype("FP32")
                      .addAllShape(List.of(1L, 12L)))
              .build();
      for (int i = 0; i < 24; i++) {
        calls.add(GRPCInferenceServiceGrpc.newFutureStub(caller.channel()).modelInfer(request));
      }
      for (ListenableFuture<ModelInferResponse> call : calls) {
        assertThat(scores(call.get(10, TimeUnit.SECONDS))).containsExactly(0.1f, 0.1f);
      }
      assertThat(other.traffic().mostRunning()).isEqualTo(8);
      assertThat(other.traffic().calls()).isEqualTo(24);
      assertThat(other.traffic().answered()).isEqualTo(24);
      assertThat(other.traffic().rows()).isEqualTo(24);
    }
  }

  @Test
  void latency_follows_the_curve_with_jitter() {
    LatencyCurve curve = LatencyCurve.through(Map.of(1L, 45.0, 8L, 68.0, 16L, 82.0), 0);
    var random = new Random(7);
    assertThat(curve.sample(1, random)).isEqualTo(Duration.ofMillis(45));
    assertThat(curve.sample(12, random)).isEqualTo(Duration.ofMillis(75));
    assertThat(curve.sample(24, random)).isEqualTo(Duration.ofMillis(96));
    LatencyCurve jittery = LatencyCurve.parse("1:100", 0.08);
    for (int i = 0; i < 100; i++) {
      assertThat(jittery.sample(4, random))
          .isBetween(Duration.ofMillis(92), Duration.ofMillis(108));
    }
  }

  private ModelInferResponse infer() {
    return client.oip().modelInfer(REQUEST);
  }

  private ListenableFuture<ModelInferResponse> inferLater() {
    return GRPCInferenceServiceGrpc.newFutureStub(client.channel()).modelInfer(REQUEST);
  }

  private static List<Float> scores(ModelInferResponse answer) {
    return floats(answer.getRawOutputContents(0).asReadOnlyByteBuffer());
  }
}
