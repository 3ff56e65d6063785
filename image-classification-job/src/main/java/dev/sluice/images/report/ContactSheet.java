package dev.sluice.images.report;

import dev.sluice.common.report.Cell;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Section;
import java.util.List;
import java.util.Optional;

/** The sampled images, each with its first answer; wrong ones marked. */
final class ContactSheet implements Piece {
  static final String ID = "images";

  private final RunContents run;
  private final Thumbnails thumbnails;

  ContactSheet(RunContents run, Thumbnails thumbnails) {
    this.run = run;
    this.thumbnails = thumbnails;
  }

  @Override
  public void write(Markup html) {
    List<SampledImage> images = run.sample.images();
    new Section(ID, "Images", caption(images.size()), body -> sheet(body, images)).write(html);
  }

  private void sheet(Markup html, List<SampledImage> images) {
    html.open("ul", "class", "sheet");
    for (SampledImage image : images) {
      tile(html, image);
    }
    html.close("ul");
  }

  private String caption(int shown) {
    long all = run.totals.images();
    long wrong = run.mistakes.wrong();
    String order = wrong > 0 ? "Wrong ones first, then the least sure." : "The least sure first.";
    if (shown == all) {
      return "All " + Figures.count(all) + ". " + order;
    }
    String chosen = wrong > 0 ? "wrong ones, the least sure" : "the least sure";
    return String.format(
        "%s of %s shown: %s, and others drawn by lot. %s",
        Figures.count(shown), Figures.count(all), chosen, order);
  }

  private void tile(Markup html, SampledImage image) {
    String name = Figures.shortName(image.path);
    String percent = Figures.percent(image.confidence());
    html.open("li", "class", image.isWrong() ? "tile wrong" : "tile", "title", hover(image));
    html.open("div", "class", "frame");
    Optional<String> thumbnail = thumbnails.of(image);
    if (thumbnail.isPresent()) {
      html.empty("img", "src", thumbnail.get(), "alt", name);
    } else {
      html.element("span", "no longer readable", "class", "gone");
    }
    html.close("div").element("p", image.classes[0], "class", "answer");
    image
        .label()
        .filter(label -> image.isWrong())
        .ifPresent(label -> html.element("p", "is " + label, "class", "badge"));
    html.open("p", "class", "score").open("span", "class", "meter");
    html.open("span", "style", Cell.width(image.confidence())).close("span").close("span");
    html.element("span", percent, "class", "number").close("p");
    html.close("li");
  }

  /** File name and the first answers, a line each. */
  private static String hover(SampledImage image) {
    StringBuilder text = new StringBuilder(Figures.shortName(image.path));
    for (int i = 0; i < image.classes.length; i++) {
      text.append('\n').append(image.classes[i]).append("  ");
      text.append(Figures.percent(image.probabilities[i]));
    }
    return text.toString();
  }
}
