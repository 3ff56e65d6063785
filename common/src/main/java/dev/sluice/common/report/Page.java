package dev.sluice.common.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The frame of a report: head, title, headline figures, parts, foot.
 *
 * <p>One HTML file that refers to nothing outside itself and runs no script, whatever names and
 * values it shows; light or dark as the reader has chosen; for a desktop, a phone and paper. It is
 * well-formed XML too. Not thread-safe.
 */
public final class Page {
  /** Letters of a figure that has room beside four others. */
  private static final int LONG = 9;

  /** What has room in one line of the title on a phone, and reads badly in two. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<!\\S)(?:[a-z0-9]+(?:-[a-z0-9]+)+|[0-9][0-9.,]{0,8} [a-z]{1,8})(?![^\\s;,])");

  private final String job;
  private final String title;
  private final StringBuilder css = new StringBuilder(style());
  private final List<Piece> underTitle = new ArrayList<>();
  private final List<Piece> facts = new ArrayList<>();
  private final List<Piece> figures = new ArrayList<>();
  private final List<Piece> parts = new ArrayList<>();
  private final List<String> explanations = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private String options = "";

  /**
   * An empty page.
   *
   * @param job what kind of run it tells of, for people
   * @param title of this run
   */
  public Page(String job, String title) {
    this.job = job;
    this.title = title;
  }

  /** Adds a style sheet; without {@code <} and {@code &}, and without anything to be loaded. */
  public Page style(String more) {
    css.append('\n').append(more);
    return this;
  }

  /** A short fact in the line below the title. */
  public Page fact(String text) {
    return fact(html -> html.element("span", text));
  }

  /** As {@link #fact(String)}, with markup of its own. */
  public Page fact(Piece fact) {
    facts.add(fact);
    return this;
  }

  /** A sentence below the facts. */
  public Page remark(String sentence) {
    underTitle.add(html -> html.element("p", sentence, "class", "note"));
    return this;
  }

  /** Says that there is nothing to show. */
  public Page nothing(String sentence) {
    underTitle.add(html -> html.element("p", sentence, "class", "empty"));
    return this;
  }

  /** Says what is wrong and where to look; the title becomes one of a warning. */
  public Page fault(String sentence) {
    faults.add(sentence);
    return this;
  }

  /** A headline figure. */
  public Page figure(String name, String value) {
    return figure(name, value, "");
  }

  /** A headline figure with a note on what it is. */
  public Page figure(String name, String value, String note) {
    return figure(name, value, note, size(value));
  }

  /** A headline figure that should not be what it is. */
  public Page wrongFigure(String name, String value, String note) {
    return figure(name, value, note, "class", value.length() > LONG ? "long wrong" : "wrong");
  }

  private Page figure(String name, String value, String note, String... attributes) {
    figures.add(
        html -> {
          html.open("div", attributes).element("dt", name).element("dd", value);
          if (!note.isEmpty()) {
            html.element("dd", note, "class", "note");
          }
          html.close("div");
        });
    return this;
  }

  /** A headline figure that leads to the section of this id. */
  public Page linked(String name, String value, String id) {
    figures.add(
        html -> {
          html.open("div", size(value)).element("dt", name).open("dd");
          html.element("a", value, "href", "#" + id).close("dd").close("div");
        });
    return this;
  }

  /** Long figures are smaller, or they would run into each other. */
  private static String[] size(String value) {
    return value.length() > LONG ? new String[] {"class", "long"} : new String[0];
  }

  /** The next part below the figures: a {@link Section}, or a {@link Card#row}. */
  public Page add(Piece part) {
    parts.add(part);
    return this;
  }

  /** A sentence in the foot on how to read the page. */
  public Page explain(String sentence) {
    explanations.add(sentence);
    return this;
  }

  /** What the run was started with, shown as it is; nothing if it is blank. */
  public Page options(String text) {
    options = text.strip();
    return this;
  }

  /**
   * The page.
   *
   * @param made shown in the foot; a parameter, so that the same results give the same page
   */
  public String html(Instant made) {
    Markup html = new Markup();
    html.open("html", "lang", "en");
    head(html);
    html.open("body").open("main");
    html.open("header").element("p", job, "class", "eyebrow");
    html.open("h1", faults.isEmpty() ? new String[0] : new String[] {"class", "wrong"});
    title(html);
    html.close("h1");
    if (!facts.isEmpty()) {
      html.open("p", "class", "facts");
      facts.forEach(fact -> fact.write(html));
      html.close("p");
    }
    underTitle.forEach(piece -> piece.write(html));
    if (!faults.isEmpty()) {
      html.open("ul", "class", "faults", "role", "alert");
      faults.forEach(fault -> html.element("li", fault));
      html.close("ul");
    }
    html.close("header");
    if (!figures.isEmpty()) {
      html.open("dl", "class", "figures");
      figures.forEach(figure -> figure.write(html));
      html.close("dl");
    }
    parts.forEach(part -> part.write(html));
    foot(html, made);
    return html.close("main").close("body").close("html").finish();
  }

  /**
   * Writes a page to a file of any file system of Flink's; one that is there is replaced.
   *
   * @throws IOException if that fails
   */
  public static void write(String page, Path file) throws IOException {
    try (FSDataOutputStream out =
        file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE)) {
      out.write(page.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void head(Markup html) {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    // Whatever a name holds, the browser loads nothing and runs nothing.
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    html.element("title", job + ": " + title).style(css.toString()).close("head");
  }

  private void foot(Markup html, Instant made) {
    html.open("footer");
    if (!explanations.isEmpty()) {
      html.element("h2", "How to read this").open("ul");
      explanations.forEach(sentence -> html.element("li", sentence));
      html.close("ul");
    }
    if (!options.isEmpty()) {
      html.open("details").element("summary", "Options of this run");
      html.element("pre", options).close("details");
    }
    html.element("p", "Made by Sluice on " + Figures.time(made) + ".", "class", "note");
    html.close("footer");
  }

  /** Names of Regions and the like are not broken, nor is a number from its unit. */
  private void title(Markup html) {
    Matcher whole = WHOLE.matcher(title);
    int end = 0;
    while (whole.find()) {
      html.text(title.substring(end, whole.start()));
      html.element("span", whole.group(), "class", "whole");
      end = whole.end();
    }
    html.text(title.substring(end));
  }

  private static String style() {
    return resource(Page.class, "report.css");
  }

  /**
   * A text file beside a class, such as a job's own style sheet.
   *
   * @throws IllegalStateException if there is none
   */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("'" + name + "' must be beside " + beside);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + name + "' beside " + beside, e);
    }
  }
}
