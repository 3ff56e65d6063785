package dev.sluice.common.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML that is well-formed XML too, so that a strict parser can check it.
 *
 * <p>All text and all values of attributes are escaped; there is no way around it but {@link
 * #style}. What XML forbids in any form (control characters, half surrogate pairs) becomes U+FFFD.
 * Names of elements and attributes are the program's own. Not thread-safe.
 */
public final class Markup {
  /** After these a new line begins. */
  private static final Set<String> LINES =
      Set.of(
          ("head title style header section div h2 p ul li table thead tbody tr svg g dl dd footer"
                  + " main body")
              .split(" "));

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** A document that says of itself that it is HTML. */
  public Markup() {
    out.append("<!DOCTYPE html>\n");
  }

  /**
   * Starts an element.
   *
   * @param attributes name, value, name, value …
   */
  public Markup open(String element, String... attributes) {
    open.push(element);
    tag(element, attributes);
    out.append('>');
    return this;
  }

  /** Ends the element that was started last, which must be this one. */
  public Markup close(String element) {
    if (!element.equals(open.peek())) {
      throw new IllegalStateException(
          "Cannot end element '" + element + "': '" + open.peek() + "' is open");
    }
    open.pop();
    out.append("</").append(element).append('>');
    if (LINES.contains(element)) {
      out.append('\n');
    }
    return this;
  }

  /** An element that holds text only. */
  public Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  /** An element without content: a void one of HTML, or a shape of SVG. */
  public Markup empty(String element, String... attributes) {
    tag(element, attributes);
    out.append("/>");
    return this;
  }

  /** Text, escaped. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** A style sheet, as it is: HTML does not unescape there. */
  public Markup style(String css) {
    if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
      throw new IllegalArgumentException("A style sheet must not hold '<' or '&'");
    }
    open("style");
    out.append(css);
    return close("style");
  }

  /** The whole document; nothing may be open. */
  public String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Cannot finish: '" + open.peek() + "' is open");
    }
    return out.toString();
  }

  private void tag(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (pair) {
        out.append(c).append(text.charAt(++i));
      } else {
        escape(c);
      }
    }
  }

  private void escape(char c) {
    switch (c) {
      case '&':
        out.append("&amp;");
        break;
      case '<':
        out.append("&lt;");
        break;
      case '>':
        out.append("&gt;");
        break;
      case '"':
        out.append("&quot;");
        break;
      case '\'':
        out.append("&#39;");
        break;
      case '\n':
        out.append("&#10;"); // As it is, XML would make it a space in an attribute.
        break;
      default:
        boolean legal = (c >= ' ' && c < 0x7F) || c == '\t' || (c > 0x9F && c < 0xFFFE);
        out.append(legal && !Character.isSurrogate(c) ? c : '\uFFFD');
    }
  }
}
