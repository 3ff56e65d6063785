package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays out a rectangle in tiles whose areas are as their values, each near to a square (Bruls,
 * Huizing and van Wijk, "Squarified Treemaps", 2000). Stateless.
 */
final class Tiles {
  private Tiles() {}

  /**
   * A tile per value.
   *
   * @param values positive, greatest first
   * @param box left, top, width, height
   * @return left, top, width and height of each
   */
  static List<double[]> of(double[] values, double[] box) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double area = box[2] * box[3] / sum;
    List<double[]> tiles = new ArrayList<>(values.length);
    double[] free = box.clone();
    int start = 0;
    while (start < values.length) {
      double side = Math.min(free[2], free[3]);
      int end = start + 1;
      double row = values[start] * area;
      double worst = worst(values[start] * area, values[start] * area, row, side);
      while (end < values.length) {
        double longer = row + values[end] * area;
        double next = worst(values[start] * area, values[end] * area, longer, side);
        if (next > worst) {
          break;
        }
        row = longer;
        worst = next;
        end++;
      }
      free = row(values, new int[] {start, end}, area, row, free, tiles);
      start = end;
    }
    return tiles;
  }

  /** The ratio of the sides of the tile that is least like a square. */
  private static double worst(double greatest, double least, double row, double side) {
    double thickness = row / side;
    double squared = thickness * thickness;
    return Math.max(
        Math.max(squared / greatest, greatest / squared),
        Math.max(squared / least, least / squared));
  }

  /** Lays a row along the shorter side, and gives back what is still free. */
  private static double[] row(
      double[] values, int[] range, double area, double row, double[] free, List<double[]> tiles) {
    boolean standing = free[2] >= free[3];
    double side = standing ? free[3] : free[2];
    // What is free is a difference: where it is thin, rounding would push the tile over the edge.
    double thickness = Math.min(row / side, standing ? free[2] : free[3]);
    double at = standing ? free[1] : free[0];
    for (int i = range[0]; i < range[1]; i++) {
      double length = values[i] * area / thickness;
      tiles.add(
          standing
              ? new double[] {free[0], at, thickness, length}
              : new double[] {at, free[1], length, thickness});
      at += length;
    }
    return standing
        ? new double[] {free[0] + thickness, free[1], Math.max(0, free[2] - thickness), free[3]}
        : new double[] {free[0], free[1] + thickness, free[2], Math.max(0, free[3] - thickness)};
  }
}
