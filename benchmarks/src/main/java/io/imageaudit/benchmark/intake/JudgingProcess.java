package io.imageaudit.benchmark.intake;

import io.imageaudit.benchmark.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * A process on the class path of the packaged intake service: judges pictures with the service's
 * own configuration, decoding process included, in turn with a bare decode of the same files. Only
 * one of its two processes works at any time, so that both figures are those of one core.
 */
public final class JudgingProcess {

  private static final Duration LONG = Duration.ofDays(1);
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 20;

  /** Rounds before it counts: the compilers' time is time of the two processes too. */
  private static final int LONG_WARM_UP = 12;

  private static final double ROUND_SECONDS = 1.5;
  private static final double NANOS = 1e9;

  private JudgingProcess() {}

  /** The service's judging, without the rest of the service. */
  @Configuration(proxyBeanMethods = false)
  @ConfigurationPropertiesScan("io.imageaudit.intake.image")
  @Import(Judging.class)
  static class Parts {

    @Bean
    InstantSource clock() {
      return InstantSource.system();
    }
  }

  /** Names what cannot be compiled against: the service is packaged. */
  static final class Judging implements ImportSelector {

    @Override
    public String[] selectImports(AnnotationMetadata importer) {
      return new String[] {"io.imageaudit.intake.image.ImageConfig"};
    }
  }

  /**
   * Measures each file; prints a line of file name, judged per second and decoded per second.
   *
   * @param files JPEG files
   */
  public static void main(String[] files) throws Exception {
    opencv_core.setNumThreads(1);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .properties(
                Map.of("image-audit.decoder.processes", 1, "spring.main.banner-mode", "off"))
            .run()) {
      Object judge = context.getBean("judgeImage");
      for (String name : files) {
        measure(judge, Path.of(name));
      }
    }
  }

  private static void measure(Object judge, Path file) throws Exception {
    Class<?> digest = Class.forName("io.imageaudit.model.ContentDigest");
    Object sha256 = digest.getMethod("of", byte[].class).invoke(null, Files.readAllBytes(file));
    Object turn = turn();
    Method method = judge.getClass().getMethod("judge", Path.class, digest, turn.getClass());
    rate(() -> decode(file), WARM_UP);
    int times = Math.max(WARM_UP, (int) (ROUND_SECONDS * rate(() -> decode(file), WARM_UP)));
    Runnable judging = () -> judge(judge, method, file, sha256, turn);
    rate(judging, LONG_WARM_UP * times);
    Map<String, Double> medians =
        new Rounds(ROUNDS)
            .with("judged", () -> rate(judging, times))
            .with("decoded", () -> rate(() -> decode(file), times))
            .medians();
    System.out.printf(
        "result %s %.2f %.2f%n", file.getFileName(), medians.get("judged"), medians.get("decoded"));
  }

  private static Object turn() throws ReflectiveOperationException {
    Class<?> tenant = Class.forName("io.imageaudit.model.TenantId");
    return Class.forName("io.imageaudit.intake.image.DecodeTurn")
        .getConstructor(tenant, Instant.class)
        .newInstance(
            tenant.getConstructor(String.class).newInstance("demo"), Instant.now().plus(LONG));
  }

  /**
   * How often in a second of one core's time, of this process and its decoding process together.
   */
  private static double rate(Runnable work, int times) {
    long start = processorNanos();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return times * NANOS / (processorNanos() - start);
  }

  private static long processorNanos() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.children())
        .mapToLong(each -> each.info().totalCpuDuration().orElseThrow().toNanos())
        .sum();
  }

  private static void decode(Path file) {
    try (Mat picture = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_COLOR)) {
      if (picture.empty()) {
        throw new UncheckedIOException(new IOException(file + ": not decoded"));
      }
    }
  }

  private static void judge(Object judge, Method method, Path file, Object sha256, Object turn) {
    try {
      Object judgement = method.invoke(judge, file, sha256, turn);
      if (!judgement.getClass().getSimpleName().equals("Accepted")) {
        throw new IllegalStateException(String.valueOf(judgement));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
