package io.imageaudit.worker.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The checks that a policy can ask for.
 *
 * @param checks by name
 * @param checkPause first pause before a model that was away is asked again; doubles up to 2 s
 */
@ConfigurationProperties("image-audit")
public record CheckSettings(
    @DefaultValue Map<String, CheckSetting> checks, @DefaultValue("250ms") Duration checkPause) {

  /** Copies the map. */
  public CheckSettings {
    checks = Map.copyOf(checks);
  }

  /**
   * One check.
   *
   * @param models that can look, in order of preference: the next one looks when one cannot
   * @param enabled whether the check runs
   */
  public record CheckSetting(List<String> models, @DefaultValue("true") boolean enabled) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when it is empty
     */
    public CheckSetting {
      models = List.copyOf(models);
      if (models.isEmpty()) {
        throw new IllegalArgumentException("models: [] (expected: at least one name)");
      }
    }
  }
}
