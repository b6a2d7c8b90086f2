package io.imageaudit.worker.record;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How records are kept.
 *
 * @param finishWithin how long an audit with a degraded verdict may still get a full one
 */
@ConfigurationProperties("image-audit.record")
public record RecordSettings(@DefaultValue("24h") Duration finishWithin) {}
