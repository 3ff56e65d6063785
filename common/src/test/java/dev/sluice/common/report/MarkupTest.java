package dev.sluice.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Xml;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class MarkupTest {
  @Test
  void escapesTextAndAttributes() {
    String page = new Markup().element("p", "<b>&'\"", "title", "\"><script>'&\n").finish();

    assertThat(page)
        .contains(
            "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;&#10;\">&lt;b&gt;&amp;&#39;&quot;</p>");
  }

  @Test
  void replacesWhatXmlForbids() {
    String page = new Markup().element("p", "a\u0000b\u001bc\ud83dd\ude00e\uffff").finish();

    assertThat(page).contains("<p>a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD</p>");
  }

  @Test
  void keepsWholeSurrogatePairs() {
    assertThat(new Markup().element("p", "🐈 é 漢").finish()).contains("<p>🐈 é 漢</p>");
  }

  @Property(tries = 500)
  void isWellFormedWhateverTheText(@ForAll String text, @ForAll String attribute) throws Exception {
    String page = new Markup().element("p", text, "title", attribute).finish();

    Document document = Xml.parse(page);
    assertThat(document.getDocumentElement().getChildNodes().getLength()).isLessThanOrEqualTo(1);
    assertThat(document.getDocumentElement().getElementsByTagName("*").getLength()).isZero();
  }

  @Test
  void refusesToEndAnotherElement() {
    Markup html = new Markup().open("div").open("p");

    assertThatThrownBy(() -> html.close("div"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot end element 'div': 'p' is open");
  }

  @Test
  void refusesToFinishWithAnOpenElement() {
    Markup html = new Markup().open("div");

    assertThatThrownBy(html::finish).hasMessage("Cannot finish: 'div' is open");
  }

  @Test
  void refusesAStyleSheetThatCouldEndItself() {
    assertThatThrownBy(() -> new Markup().style("p{}</style><script>"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
