package io.imageaudit.benchmark.gateway.tutorial;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Controller, one JPA save, one Kafka send that is waited for; nothing is checked or limited. */
@SpringBootApplication
public class TutorialApplication {

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication.run(TutorialApplication.class, arguments);
  }

  @Bean
  NewTopic topic() {
    return new NewTopic(TutorialController.TOPIC, 3, (short) 1);
  }
}
