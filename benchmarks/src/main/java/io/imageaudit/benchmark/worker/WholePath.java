package io.imageaudit.benchmark.worker;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import io.imageaudit.benchmark.worker.plain.PlainWorker;
import io.imageaudit.model.ImageFacts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** From bytes in the store to the stored record, against decoding alone and against plain code. */
public final class WholePath implements Benchmark {

  private static final int SIDE = 1600;
  private static final int FILES = 12;
  private static final int WARM_UP = 2500;
  private static final int MEASURED = 500;
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "whole-path";
  }

  @Override
  public String question() {
    return "How many JPEG files of 1600 x 1600 does a core take from the store to the record, per"
        + " second, and how many when it only decodes and resizes them?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    StoredPictures pictures = StoredPictures.draw(bench.folder().resolve("store"), FILES, SIDE);
    Servers servers = bench.servers();
    ServedModel model =
        ServedModel.start(
            bench,
            List.of(
                "--simulate",
                "name=demo;input=image:FP32:-1,3,224,224;output=scores:FP32:-1,4;"
                    + "latency=1:4,16:10;executors=8"));
    List<Double> limits = new ArrayList<>();
    limits.add(decodeOnly(pictures));
    Workload ours = bench.keep(new Workload(servers, pictures));
    List<Workload.Effort> worker = new ArrayList<>();
    try (Program program = ours.worker(bench, model, 16)) {
      var _ = ours.run(program, WARM_UP);
      for (int round = 0; round < ROUNDS; round++) {
        worker.add(ours.run(program, MEASURED));
        limits.add(decodeOnly(pictures));
      }
    }
    List<Workload.Effort> plain = plain(bench, bench.servers(), pictures, model);
    limits.add(decodeOnly(pictures));
    double limit = middle(limits);
    return Table.of("who", "images/s per core", "of decode + resize", "images/s in all")
        .with("OpenCV decode + resize only", number(limit), "100 %", "")
        .with(row("worker", worker, limit))
        .with(row("ImageIO, one call per image", plain, limit));
  }

  private static List<Workload.Effort> plain(
      Bench bench, Servers servers, StoredPictures pictures, ServedModel model) throws Exception {
    Workload theirs = bench.keep(new Workload(servers, pictures));
    theirs.createTopics();
    Map<String, Object> settings = theirs.settings(model);
    settings.put("plain.store", pictures.store().toString());
    settings.put("plain.model", model.endpoint());
    settings.put("spring.kafka.consumer.auto-offset-reset", "earliest");
    settings.put("spring.kafka.consumer.value-deserializer", ByteArrayDeserializer.class.getName());
    settings.put("spring.kafka.producer.value-serializer", ByteArraySerializer.class.getName());
    List<Workload.Effort> efforts = new ArrayList<>();
    try (Program program =
        Program.start(
            PlainWorker.class, List.of("-Xmx384m", "-XX:+UseSerialGC"), settings, bench.folder())) {
      var _ = theirs.run(program, WARM_UP / 25);
      for (int round = 0; round < ROUNDS; round++) {
        efforts.add(theirs.run(program, MEASURED / 5));
      }
    }
    return efforts;
  }

  /** Files per second of processor time of one thread. */
  private static double decodeOnly(StoredPictures pictures) throws IOException {
    opencv_core.setNumThreads(1);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int done = 0;
    for (int round = 0; round < 8; round++) {
      for (ImageFacts facts : pictures.facts()) {
        byte[] file = Files.readAllBytes(StoredPictures.file(pictures.store(), facts.sha256()));
        try (BytePointer bytes = new BytePointer(file);
            Mat buffer = new Mat(1, file.length, CV_8U, bytes);
            Mat picture = imdecode(buffer, IMREAD_REDUCED_COLOR_2);
            Mat small = new Mat();
            Size size = new Size(224, 224)) {
          resize(picture, small, size, 0, 0, INTER_AREA);
          done++;
        }
      }
    }
    return done / ((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9);
  }

  private static String[] row(String who, List<Workload.Effort> efforts, double limit) {
    double perCore = middle(efforts.stream().map(Workload.Effort::perCoreSecond).toList());
    double inAll = middle(efforts.stream().map(Workload.Effort::perSecond).toList());
    return new String[] {who, number(perCore), number(100 * perCore / limit) + " %", number(inAll)};
  }

  private static double middle(List<Double> figures) {
    return io.imageaudit.benchmark.Rounds.median(figures);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
