package io.imageaudit.benchmark.worker.plain;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannelBuilder;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** Looks at one image after another. */
class PlainListener {

  private static final int SIDE = 224;

  private final EventCodec codec;
  private final KafkaTemplate<String, byte[]> kafka;
  private final JdbcPlainRecords records;
  private final Path store;
  private final GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub model;

  PlainListener(
      EventCodec codec,
      KafkaTemplate<String, byte[]> kafka,
      JdbcPlainRecords records,
      String store,
      String model) {
    this.codec = codec;
    this.kafka = kafka;
    this.records = records;
    this.store = Path.of(store);
    this.model =
        GRPCInferenceServiceGrpc.newBlockingStub(
            ManagedChannelBuilder.forTarget(model).usePlaintext().build());
  }

  @KafkaListener(topics = EventTopic.INGESTED_NAME, concurrency = "2")
  void hear(ConsumerRecord<String, byte @Nullable []> entry) throws IOException {
    AuditIngested event = codec.decode(EventTopic.INGESTED, entry);
    String hex = event.image().sha256().hex();
    BufferedImage image =
        ImageIO.read(
            store
                .resolve(event.request().tenant().value())
                .resolve(hex.substring(0, 2))
                .resolve(hex)
                .toFile());
    float highest = highest(infer(tensor(image)));
    AuditConcluded said = concluded(event, highest >= 0.5f ? Verdict.REVIEW : Verdict.PASS);
    records.add(said);
    kafka
        .send(
            codec.encode(
                EventTopic.CONCLUDED, said, io.imageaudit.model.TraceParent.start(new Random())))
        .join();
  }

  private ModelInferResponse infer(ByteBuffer tensor) {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName("demo")
            .addRawInputContents(ByteString.copyFrom(tensor));
    request
        .addInputsBuilder()
        .setName("image")
        .setDatatype("FP32")
        .addAllShape(List.of(1L, 3L, (long) SIDE, (long) SIDE));
    return model.modelInfer(request.build());
  }

  private static ByteBuffer tensor(BufferedImage image) {
    BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, SIDE, SIDE, null);
    g.dispose();
    ByteBuffer tensor = ByteBuffer.allocate(3 * SIDE * SIDE * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int shift = 16; shift >= 0; shift -= 8) {
      for (int at = 0; at < SIDE * SIDE; at++) {
        tensor.putFloat(((small.getRGB(at % SIDE, at / SIDE) >> shift) & 0xff) / 255f);
      }
    }
    return tensor.flip();
  }

  private static float highest(ModelInferResponse answer) {
    ByteBuffer scores =
        answer.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float highest = 0;
    while (scores.remaining() >= Float.BYTES) {
      highest = Math.max(highest, scores.getFloat());
    }
    return highest;
  }

  private static AuditConcluded concluded(AuditIngested event, Verdict verdict) {
    return new AuditConcluded(
        event.auditId(),
        event.request(),
        1,
        AuditStatus.COMPLETED,
        verdict,
        VerdictSource.MACHINE,
        List.of(),
        false,
        List.of(),
        null,
        event.image(),
        null,
        Instant.now(),
        null,
        null);
  }
}
