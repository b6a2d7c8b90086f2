package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.internal.IntakeSettings;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Uploads to intake-service's internal API. */
final class HttpImageUploads implements ImageUploads {

  private static final Logger LOG = LoggerFactory.getLogger(HttpImageUploads.class);
  private static final TypeReference<ApiResponse<Receipt>> ANSWER = new TypeReference<>() {};

  private final HttpClient http;
  private final IntakeSettings intake;
  private final String authorization;
  private final Traces traces;
  private final JsonMapper json = AuditJson.mapper();

  HttpImageUploads(HttpClient http, IntakeSettings intake, String token, Traces traces) {
    this.http = http;
    this.intake = intake;
    this.authorization = "Bearer " + token;
    this.traces = traces;
  }

  @Override
  public Outcome store(TenantId tenant, OfferedImage.Content image, TraceParent trace) {
    try (Step step = traces.begin(StepKind.CLIENT, "upload", trace)) {
      return outcome(http.send(request(tenant, image, step.place()), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      LOG.warn("Intake did not take an upload: {}", e.toString());
      return new Outcome.Unavailable();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Unavailable();
    }
  }

  private HttpRequest request(TenantId tenant, OfferedImage.Content image, TraceParent trace) {
    URI address = URI.create(intake.url() + "/internal/v1/tenants/" + tenant.value() + "/images");
    return HttpRequest.newBuilder(address)
        .timeout(intake.timeout())
        .header("Authorization", authorization)
        .header("Content-Type", "application/octet-stream")
        .header(TraceParent.HEADER, trace.toString())
        .POST(
            BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> open(image)), image.size()))
        .build();
  }

  private static InputStream open(OfferedImage.Content image) {
    try {
      return image.content().getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome outcome(HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 413) {
      return new Outcome.TooLarge();
    }
    if (answer.statusCode() != 201) {
      LOG.warn("Intake answered an upload with {}", answer.statusCode());
      return new Outcome.Unavailable();
    }
    try {
      Receipt receipt = json.readValue(answer.body(), ANSWER).data();
      return receipt == null
          ? new Outcome.Unavailable()
          : new Outcome.Stored(new ImageSource.Stored(receipt.sha256(), receipt.bytes()));
    } catch (JacksonException e) {
      LOG.warn("Intake's answer to an upload cannot be read: {}", e.getOriginalMessage());
      return new Outcome.Unavailable();
    }
  }

  /** What intake says of stored bytes. */
  private record Receipt(ContentDigest sha256, long bytes) {}
}
