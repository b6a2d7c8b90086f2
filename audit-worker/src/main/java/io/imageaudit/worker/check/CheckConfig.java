package io.imageaudit.worker.check;

import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.inference.Models;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The checks, made of the configured models. */
@Configuration(proxyBeanMethods = false)
class CheckConfig {

  @Bean
  StoppablePause stoppablePause() {
    return new StoppablePause();
  }

  @Bean
  Checks checks(
      CheckSettings settings, Models models, InstantSource clock, Pause pause, Traces traces) {
    return new Checks(
        settings.checks().entrySet().stream()
            .filter(entry -> entry.getValue().enabled())
            .map(entry ->
                new ModelCheck(
                    entry.getKey(),
                    entry.getValue().models().stream().map(models::named).toList(),
                    settings.checkPause(),
                    clock,
                    pause))
            .toList(),
        traces);
  }
}
