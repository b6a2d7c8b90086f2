package io.imageaudit.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.LifecycleProcessor;

/**
 * The run in which the image of a service learns what is loaded: everything is wired up, nothing is
 * started. It takes place where there is no database, no broker and no model, so a bean that asks
 * one of them while it is made keeps the image from being built.
 */
public final class TrainingRun {

  private static final Path ARGUMENTS = Path.of("../docker/training/boot.args");
  private static final Path POLICIES = Path.of("../policies").toAbsolutePath().normalize();
  private static final String NOWHERE = "localhost:1";

  private TrainingRun() {}

  /**
   * Takes a service to the point where it would be started, with the properties of the image's own
   * run, and leaves it.
   *
   * @param more properties, {@code name=value}, that this service needs
   */
  public static void of(Class<?> service, String... more) throws IOException {
    SpringApplication application = new SpringApplication(service);
    application.addInitializers(context ->
        context.getBeanFactory().registerSingleton("lifecycleProcessor", new LeaveOnRefresh()));
    try {
      application.run(arguments(more));
    } catch (SpringApplication.AbandonedRunException _) {
      return; // Where the image's run ends, too.
    }
    throw new IllegalStateException(service.getSimpleName() + " was started");
  }

  private static String[] arguments(String... more) throws IOException {
    Stream<String> ofTheImage =
        Files.readAllLines(ARGUMENTS).stream()
            .filter(line -> line.startsWith("-D"))
            .map(line -> line.substring("-D".length()));
    Stream<String> away =
        Stream.of(
            "spring.datasource.url=jdbc:postgresql://" + NOWHERE + "/image_audit",
            "spring.kafka.bootstrap-servers=" + NOWHERE,
            "image-audit.policy.directory=" + POLICIES);
    return Stream.of(ofTheImage, away, Arrays.stream(more))
        .flatMap(each -> each)
        .map(property -> "--" + property)
        .toArray(String[]::new);
  }

  /** What {@code spring.context.exit=onRefresh} does, without an end to the process. */
  private static final class LeaveOnRefresh implements LifecycleProcessor {

    @Override
    public void onRefresh() {
      throw new SpringApplication.AbandonedRunException();
    }

    @Override
    public void onClose() {
      // Nothing was started.
    }

    @Override
    public void start() {
      throw new IllegalStateException("nothing is started in a training run");
    }

    @Override
    public void stop() {
      // Nothing was started.
    }

    @Override
    public boolean isRunning() {
      return false;
    }
  }
}
