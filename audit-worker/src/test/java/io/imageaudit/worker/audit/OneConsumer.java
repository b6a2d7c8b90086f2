package io.imageaudit.worker.audit;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Gives a listener this consumer. */
final class OneConsumer extends DefaultKafkaConsumerFactory<String, byte[]> {

  private final Consumer<String, byte[]> consumer;

  OneConsumer(Consumer<String, byte[]> consumer) {
    super(Map.of("enable.auto.commit", false, "auto.offset.reset", "earliest"));
    this.consumer = consumer;
  }

  @Override
  protected Consumer<String, byte[]> createRawConsumer(Map<String, Object> configs) {
    return consumer;
  }
}
