package io.imageaudit.benchmark.gateway.tutorial;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes audits as a tutorial would. */
@RestController
class TutorialController {

  static final String TOPIC = "tutorial";

  private static final Map<String, String> CONSTANT =
      Map.of("audit_id", "0199a5d2-7c1e-7b3a-9f00-1c2d3e4f5a6b", "status", "QUEUED");

  private final TutorialAudits audits;
  private final KafkaTemplate<String, byte[]> kafka;

  TutorialController(TutorialAudits audits, KafkaTemplate<String, byte[]> kafka) {
    this.audits = audits;
    this.kafka = kafka;
  }

  @PostMapping("/v1/audits")
  ResponseEntity<Map<String, String>> submit(@RequestBody Map<String, String> request)
      throws ExecutionException, InterruptedException {
    TutorialAudit audit =
        audits.save(
            new TutorialAudit(
                request.getOrDefault("image_url", ""), request.getOrDefault("reference", "")));
    byte[] event = request.toString().getBytes(StandardCharsets.UTF_8);
    kafka.send(TOPIC, audit.identity(), event).get();
    return ResponseEntity.accepted().body(Map.of("audit_id", audit.identity(), "status", "QUEUED"));
  }

  /** What the web server and the framework can do at best. */
  @PostMapping("/constant")
  ResponseEntity<Map<String, String>> constant() {
    return ResponseEntity.accepted().body(CONSTANT);
  }
}
