package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TenantId;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EndpointRequestsIT extends ManagedService {

  private static final TenantId TENANT = new TenantId("asker");

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "2.5", "10000", "null"})
  void a_rate_within_its_bounds_is_taken(String perSecond) {
    put(TENANT, rate(), "{\"per_second\":" + perSecond + "}", 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.0009", "1e-40", "1e-300", "10000.1", "1e300"})
  void a_rate_that_would_stop_or_break_the_queue_is_refused(String perSecond) {
    JsonNode refused = put(TENANT, rate(), "{\"per_second\":" + perSecond + "}", 400);
    assertThat(refused.path("errors").get(0).asString())
        .isEqualTo("per_second: must be between 0.001 and 10000, or null for no limit");
  }

  private String rate() {
    JsonNode endpoint =
        subscribe(TENANT, URI.create("http://127.0.0.1:18080/rate"), "\"verdicts\":[]");
    return "endpoints/" + endpoint.path("endpoint_id").asString() + "/rate";
  }
}
