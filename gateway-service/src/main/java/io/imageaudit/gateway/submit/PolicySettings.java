package io.imageaudit.gateway.submit;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which policies exist.
 *
 * @param directory folder with one {@code <strategy>.yaml} per policy
 */
@ConfigurationProperties("image-audit.policy")
record PolicySettings(@DefaultValue("policies") Path directory) {}
