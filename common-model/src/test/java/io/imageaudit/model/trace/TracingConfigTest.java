package io.imageaudit.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TraceParent;
import io.imageaudit.test.SpanCollector;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TracingConfigTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(TracingConfig.class)
          .withPropertyValues("spring.application.name=intake-service");

  @Test
  void without_an_endpoint_places_are_handed_on_and_nothing_is_recorded() {
    runner
        .withPropertyValues("image-audit.tracing.endpoint=")
        .run(context -> {
          TraceParent parent = new TraceParent(TRACE, "00f067aa0ba902b7", true);

          try (Step step = context.getBean(Traces.class).begin(StepKind.CLIENT, "call", parent)) {
            assertThat(step.place().traceId()).isEqualTo(TRACE);
            assertThat(step.place().spanId()).isNotEqualTo(parent.spanId());
          }

          assertThat(context.getBean(Traces.class)).isInstanceOf(UnrecordedTraces.class);
        });
  }

  @Test
  void steps_are_sent_with_the_places_that_were_handed_on() throws Exception {
    TraceParent root = TraceParent.named(TRACE, UUID.randomUUID());
    try (SpanCollector collector = SpanCollector.start()) {
      runner
          .withPropertyValues("image-audit.tracing.endpoint=" + collector.endpoint())
          .run(context -> {
            Traces traces = context.getBean(Traces.class);
            try (Step accept = traces.begin(StepKind.SERVER, "POST", null, root);
                Step send = traces.begin(StepKind.PRODUCER, "send topic", accept.place())) {
              accept.rename("POST /v1/audits");
              accept.note("http.route", "/v1/audits");
              send.fail("TimeoutException");
            }
          });

      List<SpanCollector.Span> spans = collector.trace(TRACE);
      SpanCollector.Span first = named(spans, "POST /v1/audits");
      assertThat(first.service()).isEqualTo("intake-service");
      assertThat(first.kind()).isEqualTo("SERVER");
      assertThat(first.spanId()).isEqualTo(root.spanId());
      assertThat(first.parentId()).isEmpty();
      assertThat(first.attributes()).containsEntry("http.route", "/v1/audits");
      assertThat(named(spans, "send topic").parentId()).isEqualTo(first.spanId());
    }
  }

  @Test
  void a_trace_outside_of_the_sample_is_not_sent_whatever_its_caller_says() throws Exception {
    TraceParent parent = TraceParent.start(new Random(1));
    try (SpanCollector collector = SpanCollector.start()) {
      runner
          .withPropertyValues(
              "image-audit.tracing.endpoint=" + collector.endpoint(),
              "image-audit.tracing.sample=0")
          .run(context ->
              context.getBean(Traces.class).begin(StepKind.CLIENT, "call", parent).close());

      assertThat(collector.trace(parent.traceId())).isEmpty();
    }
  }

  @Test
  void a_setting_out_of_its_range_stops_the_start() {
    runner
        .withPropertyValues("image-audit.tracing.sample=2")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessage("sample: 2.0 (expected: 0 to 1)"));
  }

  private static SpanCollector.Span named(List<SpanCollector.Span> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }
}
