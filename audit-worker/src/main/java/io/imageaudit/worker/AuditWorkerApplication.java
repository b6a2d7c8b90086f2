package io.imageaudit.worker;

import io.imageaudit.model.kafka.EventsConfig;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(EventsConfig.class)
public class AuditWorkerApplication {

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(AuditWorkerApplication.class, arguments);
  }
}
