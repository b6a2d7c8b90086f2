package io.imageaudit.test;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** One real Kafka broker (KRaft) per JVM, started when first asked for. */
public final class RealKafka {

  private RealKafka() {}

  /** The broker's address, {@code host:port}. */
  public static String bootstrapServers() {
    return Holder.BOOTSTRAP_SERVERS;
  }

  /** Starts the broker when its class is first used: the platform's own lazy, thread-safe once. */
  private static final class Holder {
    static final String BOOTSTRAP_SERVERS =
        DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();

    @SuppressWarnings("resource") // Lives as long as the JVM; Testcontainers removes it.
    private static String container() {
      KafkaContainer container =
          new KafkaContainer("apache/kafka-native:4.2.1")
              .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
              .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
      container.start();
      return container.getBootstrapServers();
    }

    private static String embedded() {
      EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
      broker.brokerProperty("auto.create.topics.enable", "false");
      broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
      broker.afterPropertiesSet();
      Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
      return broker.getBrokersAsString();
    }
  }
}
