package io.imageaudit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.model.Tiling.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "800, 800", "800, 1600", "1600, 800"})
  void a_picture_up_to_twice_as_long_as_wide_is_one_tile(int width, int height) {
    assertThat(Tiling.of(width, height)).containsExactly(new Tile(0, 0, width, height));
  }

  @ParameterizedTest
  @CsvSource({"750, 12000", "12000, 750", "100, 201", "16384, 183", "50, 4499"})
  void tiles_of_a_long_picture_cover_all_of_it_and_overlap_by_a_fifth(int width, int height) {
    List<Tile> tiles = Tiling.of(width, height);
    int side = Math.min(width, height);

    assertThat(start(tiles.getFirst(), width, height)).isZero();
    assertThat(start(tiles.getLast(), width, height) + side).isEqualTo(Math.max(width, height));
    for (int i = 1; i < tiles.size(); i++) {
      int step = start(tiles.get(i), width, height) - start(tiles.get(i - 1), width, height);
      assertThat(side - step).isGreaterThanOrEqualTo((int) (side * Tiling.OVERLAP) - 1);
    }
    assertThat(tiles).allMatch(tile -> tile.width() == side && tile.height() == side);
  }

  @Test
  void an_empty_picture_is_refused() {
    assertThatThrownBy(() -> Tiling.of(0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("size: 0 x 10");
  }

  private static int start(Tile tile, int width, int height) {
    return width > height ? tile.x() : tile.y();
  }
}
