package io.imageaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void a_header_reads_and_writes_the_same() {
    assertThat(TraceParent.parse(HEADER)).map(TraceParent::toString).contains(HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra"
      })
  void anything_else_is_not_a_header(String text) {
    assertThat(TraceParent.parse(text)).isEmpty();
  }

  @Test
  void a_child_stays_in_the_trace_and_gets_its_own_span() {
    TraceParent parent = TraceParent.parse(HEADER).orElseThrow();

    TraceParent child = parent.child(new Random(1));

    assertThat(child.traceId()).isEqualTo(parent.traceId());
    assertThat(child.spanId()).isNotEqualTo(parent.spanId());
    assertThat(child.sampled()).isTrue();
  }

  @Test
  void a_trace_that_starts_here_is_well_formed() {
    assertThat(TraceParent.parse(TraceParent.start(new Random(7)).toString())).isPresent();
  }
}
