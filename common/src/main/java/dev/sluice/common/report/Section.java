package dev.sluice.common.report;

/** A part of a page that has its whole width, with a heading that a link can lead to. */
public final class Section implements Piece {
  private final String id;
  private final String title;
  private final String note;
  private final Piece content;

  /**
   * A section.
   *
   * @param id what {@link Page#linked} leads to
   * @param note one sentence beside the heading; may be empty
   */
  public Section(String id, String title, String note, Piece content) {
    this.id = id;
    this.title = title;
    this.note = note;
    this.content = content;
  }

  @Override
  public void write(Markup html) {
    html.open("section", "id", id).open("div", "class", "heading").element("h2", title);
    if (!note.isEmpty()) {
      html.element("p", note, "class", "note");
    }
    html.close("div");
    content.write(html);
    html.close("section");
  }
}
