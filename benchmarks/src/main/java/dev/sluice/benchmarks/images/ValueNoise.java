package dev.sluice.benchmarks.images;

import java.util.Random;

/** Smooth random values in the plane: one per corner of a grid, interpolated in between. */
final class ValueNoise {
  private final float[] corners;
  private final int columns;
  private final float scale;

  /**
   * @param cell side of the grid's squares in pixels
   * @param amplitude greatest magnitude of a value
   */
  ValueNoise(Random random, int width, int height, int cell, float amplitude) {
    columns = width / cell + 2;
    scale = 1f / cell;
    corners = new float[columns * (height / cell + 2)];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = (random.nextFloat() * 2 - 1) * amplitude;
    }
  }

  /** Adds the values of a row of pixels. */
  void addTo(float[] row, int y) {
    float down = y * scale;
    int upper = ((int) down) * columns;
    float weightY = down - (int) down;
    for (int x = 0; x < row.length; x++) {
      float across = x * scale;
      int left = (int) across;
      float weightX = across - left;
      float top = corners[upper + left];
      top += weightX * (corners[upper + left + 1] - top);
      float bottom = corners[upper + columns + left];
      bottom += weightX * (corners[upper + columns + left + 1] - bottom);
      row[x] += top + weightY * (bottom - top);
    }
  }
}
