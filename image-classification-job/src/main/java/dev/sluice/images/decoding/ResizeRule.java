package dev.sluice.images.decoding;

import java.io.Serializable;

/** Size of an image before the crop. Immutable. */
public final class ResizeRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    NONE,
    EXACT,
    SHORT_SIDE
  }

  private final Kind kind;
  private final int width;
  private final int height;

  private ResizeRule(Kind kind, int width, int height) {
    this.kind = kind;
    this.width = width;
    this.height = height;
  }

  /** The image as it is. */
  public static ResizeRule none() {
    return new ResizeRule(Kind.NONE, 0, 0);
  }

  /** Exactly this size, whatever that does to the proportions. */
  public static ResizeRule exactly(int width, int height) {
    return new ResizeRule(Kind.EXACT, width, height);
  }

  /** The short side to this length, proportions kept; the long side is rounded down. */
  public static ResizeRule shortSideTo(int side) {
    return new ResizeRule(Kind.SHORT_SIDE, side, side);
  }

  /** Whether every image gets exactly this size. */
  public boolean isExactly(int expectedWidth, int expectedHeight) {
    return kind == Kind.EXACT && width == expectedWidth && height == expectedHeight;
  }

  /** Width and height for an image of this size. */
  int[] apply(int imageWidth, int imageHeight) {
    switch (kind) {
      case EXACT:
        return new int[] {width, height};
      case SHORT_SIDE:
        int shorter = Math.min(imageWidth, imageHeight);
        int longer = (int) ((long) Math.max(imageWidth, imageHeight) * width / shorter);
        return imageWidth > imageHeight ? new int[] {longer, width} : new int[] {width, longer};
      default:
        return new int[] {imageWidth, imageHeight};
    }
  }

  /** Short side after the resize, in pixels; the largest number when nothing is resized. */
  int shortSide(int atLeast) {
    return kind == Kind.NONE ? Integer.MAX_VALUE / 2 : Math.max(atLeast, Math.min(width, height));
  }

  @Override
  public String toString() {
    return kind == Kind.NONE ? "no resize" : "resize " + kind + " " + width + " x " + height;
  }
}
