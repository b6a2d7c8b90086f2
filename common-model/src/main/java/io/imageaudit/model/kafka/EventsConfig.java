package io.imageaudit.model.kafka;

import io.imageaudit.model.trace.Traces;
import io.imageaudit.model.trace.TracingConfig;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What every service needs to hear and say events. Imported by each service's application class.
 *
 * <p>A fault that passes by itself (database or broker away) is waited out, for as long as it
 * takes: the record is read again with growing pauses. Any other fault is tried a few times and
 * then put aside by {@link DeadLetters}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventSettings.class)
@Import(TracingConfig.class)
public class EventsConfig {

  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final double GROWTH = 2;

  @Bean
  EventCodec eventCodec() {
    return new EventCodec();
  }

  @Bean
  EventPublisher eventPublisher(
      KafkaTemplate<String, byte[]> kafka, EventCodec codec, Traces traces) {
    return new EventPublisher(kafka, codec, traces);
  }

  @Bean
  KafkaAdmin.NewTopics eventTopics(EventSettings settings) {
    return new KafkaAdmin.NewTopics(
        EventTopic.all().stream()
            .flatMap(topic ->
                Stream.of(
                    topic(topic.name(), settings.partitions()), topic(topic.deadLetters(), 1)))
            .toArray(NewTopic[]::new));
  }

  @Bean
  ConsumerRecordRecoverer deadLetters(
      KafkaTemplate<String, byte[]> kafka,
      EventCodec codec,
      EventPublisher publisher,
      EventSettings settings) {
    return new DeadLetters(kafka, codec, publisher, InstantSource.system(), settings.endsAudits());
  }

  @Bean
  CommonErrorHandler eventErrorHandler(
      ConsumerRecordRecoverer deadLetters, EventSettings settings) {
    DefaultErrorHandler handler =
        new DefaultErrorHandler(deadLetters, backOff(settings.attempts() - 1L));
    handler.addNotRetryableExceptions(MalformedEventException.class);
    handler.setBackOffFunction(
        (_, fault) -> TransientFaults.passesByItself(fault) ? backOff(Long.MAX_VALUE) : null);
    return handler;
  }

  private static BackOff backOff(long retries) {
    ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE_MILLIS, GROWTH);
    pauses.setMaxInterval(LONGEST_PAUSE_MILLIS);
    pauses.setMaxAttempts(retries);
    return pauses;
  }

  private static NewTopic topic(String name, int partitions) {
    return TopicBuilder.name(name).partitions(partitions).build();
  }
}
