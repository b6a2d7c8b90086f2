package io.imageaudit.gateway.internal;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who keeps images.
 *
 * @param url base address of intake-service
 * @param timeout longest wait for an upload to be stored
 */
@ConfigurationProperties("image-audit.intake")
public record IntakeSettings(
    @DefaultValue("http://localhost:8081") URI url, @DefaultValue("30s") Duration timeout) {}
