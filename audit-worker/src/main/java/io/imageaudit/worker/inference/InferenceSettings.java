package io.imageaudit.worker.inference;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The models that can be asked.
 *
 * @param models by our own name for each
 */
@ConfigurationProperties("image-audit")
public record InferenceSettings(@DefaultValue Map<String, ModelSettings> models) {

  /** Copies the map. */
  public InferenceSettings {
    models = Map.copyOf(models);
  }
}
