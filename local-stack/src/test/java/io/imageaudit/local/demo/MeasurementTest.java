package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void percentiles_are_by_nearest_rank() {
    long[] micros = LongStream.rangeClosed(1, 200).map(i -> i * 1000).toArray();

    assertThat(Measurement.percentile(micros, 50)).isEqualTo(100);
    assertThat(Measurement.percentile(micros, 99)).isEqualTo(198);
    assertThat(Measurement.percentile(micros, 100)).isEqualTo(200);
  }

  @Test
  void renewed_picture_has_a_comment_after_its_start_marker() {
    byte[] renewed = Measurement.renewed(new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2});

    assertThat(renewed).startsWith(0xFF, 0xD8, 0xFF, 0xFE, 0, 38).endsWith(1, 2).hasSize(44);
  }
}
