package io.imageaudit.gateway.callback;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who knows of callbacks.
 *
 * @param url base address of notification-service
 */
@ConfigurationProperties("image-audit.notification")
record NotificationSettings(@DefaultValue("http://localhost:8083") URI url) {}
