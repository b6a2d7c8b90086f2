package io.imageaudit.gateway;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer, with its envelope. */
record Answer(HttpResponse<String> http) {

  private static final JsonMapper JSON = new JsonMapper();

  int status() {
    return http.statusCode();
  }

  String header(String name) {
    return http.headers().firstValue(name).orElse("");
  }

  JsonNode body() {
    return JSON.readTree(http.body());
  }

  String code() {
    return body().path("code").asString("");
  }

  JsonNode data() {
    return body().path("data");
  }

  String auditId() {
    return data().path("audit_id").asString("");
  }

  java.util.List<String> errors() {
    return body().path("errors").valueStream().map(node -> node.asString("")).toList();
  }
}
