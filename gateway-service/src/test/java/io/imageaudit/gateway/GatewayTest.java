package io.imageaudit.gateway;

import io.imageaudit.test.RealServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** A running gateway with real servers and the upload door of intake; one for all tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "image-audit.submit.patience=2s",
      "image-audit.submit.sweep-interval=500ms",
      "image-audit.deadline.grace=1s",
      "image-audit.overload.longest-arrival=1s",
      "image-audit.quota.rate=1000",
      "image-audit.quota.burst=1000",
      "image-audit.policy.directory=src/test/resources/policies",
      "image-audit.internal.token=" + FakeIntake.TOKEN,
      "image-audit.access.bootstrap.tenant=" + Keys.TENANT,
      "image-audit.access.bootstrap.api-key=" + Keys.API_KEY,
      "image-audit.access.bootstrap.admin-key=" + Keys.ADMIN_KEY,
      "image-audit.access.jwt.secret=" + Keys.JWT_SECRET,
      "image-audit.access.jwt.issuer=" + Keys.ISSUER,
      "image-audit.access.jwt.audience=" + Keys.AUDIENCE,
    })
@ContextConfiguration(initializers = {RealServers.class, IntakeServer.class})
@Import(Door.class)
@interface GatewayTest {}
