package dev.sluice.common.report;

import java.util.List;

/** A framed part of a page with a heading; cards stand side by side where there is room. */
public final class Card implements Piece {
  private final String title;
  private final String note;
  private final Piece content;

  /**
   * A card.
   *
   * @param note one sentence on what is shown; may be empty
   */
  public Card(String title, String note, Piece content) {
    this.title = title;
    this.note = note;
    this.content = content;
  }

  /** Cards, or stacks of them, side by side as far as the page is wide. */
  public static Piece row(Piece... cards) {
    return group("section", "cards", cards);
  }

  /** Cards below each other, in the place of one. */
  public static Piece stack(Piece... cards) {
    return group("div", "stack", cards);
  }

  private static Piece group(String element, String kind, Piece... cards) {
    List<Piece> all = List.of(cards);
    return html -> {
      html.open(element, "class", kind);
      all.forEach(card -> card.write(html));
      html.close(element);
    };
  }

  @Override
  public void write(Markup html) {
    html.open("div", "class", "card").element("h2", title);
    if (!note.isEmpty()) {
      html.element("p", note, "class", "note");
    }
    content.write(html);
    html.close("div");
  }
}
