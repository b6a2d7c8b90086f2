package io.imageaudit.worker.audit;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * When the worker stops: hears nothing new, lets what runs end for a while, and only then lets go
 * of Kafka. What has not ended by then is not acknowledged, so another worker hears it again.
 */
final class DrainAudits implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DrainAudits.class);

  /** Later phases stop earlier: before Kafka's listeners. */
  private static final int PHASE = AbstractMessageListenerContainer.DEFAULT_PHASE + 10;

  private final KafkaListenerEndpointRegistry listeners;
  private final Running running;
  private final Duration longest;
  private volatile boolean started;

  /**
   * Makes it.
   *
   * @param longest time that is given to what runs
   */
  DrainAudits(KafkaListenerEndpointRegistry listeners, Running running, Duration longest) {
    this.listeners = listeners;
    this.running = running;
    this.longest = longest;
  }

  @Override
  public void start() {
    MessageListenerContainer container = listeners.getListenerContainer(AuditIngestedListener.ID);
    if (container != null && container.isPauseRequested()) { // Else it would stay so for ever.
      container.resume();
    }
    started = true;
  }

  @Override
  public void stop() {
    MessageListenerContainer container = listeners.getListenerContainer(AuditIngestedListener.ID);
    if (container != null) {
      container.pause();
    }
    if (!running.awaitNone(longest)) {
      LOG.info("{} audits are given back", running.count());
    }
    started = false;
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
