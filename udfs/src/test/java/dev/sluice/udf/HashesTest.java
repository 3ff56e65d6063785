package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashesTest {
  private final Hash hash = new Hash();
  private final Murmur3 murmur = new Murmur3();
  private final Sha256Hex sha = new Sha256Hex();
  private final ToLower lower = new ToLower();

  @Test
  void nullIsNull() {
    assertThat(hash.eval(null)).isNull();
    assertThat(murmur.eval(null)).isNull();
    assertThat(murmur.eval("a", null)).isNull();
    assertThat(murmur.eval(null, 1)).isNull();
    assertThat(sha.eval(null)).isNull();
    assertThat(sha.eval("a", null)).isNull();
    assertThat(lower.eval(null)).isNull();
  }

  /** The function of the posts, in long: equal modulo 2^32, and equal where that is an int. */
  @Property
  void hashIsThatOfThePosts(@ForAll String text) {
    int posts = text.hashCode() * 12;

    assertThat(hash.eval(text).intValue()).isEqualTo(posts);
    assertThat(hash.eval(text)).isEqualTo(text.hashCode() * 12L);
  }

  @ParameterizedTest
  @CsvSource({"'',0", "A,780", "AMZN,24159360", "DOGE,25247724"})
  void hashVectors(String text, long expected) {
    assertThat(hash.eval(text)).isEqualTo(expected);
  }

  /** Of the reference implementation (SMHasher) and of Wikipedia's table. */
  @ParameterizedTest
  @CsvSource({
    "'',0,00000000",
    "'',1,514e28b7",
    "'',-1,81f16f39",
    "test,0,ba6bd213",
    "test,-1756908916,704b81dc",
    "'Hello, world!',0,c0363e43",
    "'Hello, world!',-1756908916,24884cba",
    "The quick brown fox jumps over the lazy dog,0,2e4ff723",
    "The quick brown fox jumps over the lazy dog,-1756908916,2fa826cd"
  })
  void murmur3Vectors(String text, int seed, String expected) {
    assertThat(murmur.eval(text, seed)).isEqualTo(Integer.parseUnsignedInt(expected, 16));
  }

  @Test
  void murmur3HashesUtf8WithSeed0() {
    assertThat(murmur.eval("test")).isEqualTo(0xba6bd213);
    assertThat(murmur.eval("\u03c0\u03c0\u03c0\u03c0\u03c0\u03c0\u03c0\u03c0", 0x9747b28c))
        .as("of the reference implementation")
        .isEqualTo(0xd58063c1);
  }

  @ParameterizedTest
  @CsvSource({
    "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  })
  void sha256Vectors(String text, String expected) {
    assertThat(sha.eval(text)).isEqualTo(expected);
    assertThat(sha.eval(text)).as("again").isEqualTo(expected);
  }

  @Test
  void theSaltComesFirst() {
    assertThat(sha.eval("bc", "a")).isEqualTo(sha.eval("abc"));
    assertThat(sha.eval("abc", "pepper")).isNotEqualTo(sha.eval("abc"));
  }

  @Test
  void lowerCaseIsTheSameOnEveryMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr")); // where I becomes ı
      assertThat(lower.eval("AMZN INC \u00dc")).isEqualTo("amzn inc \u00fc");
    } finally {
      Locale.setDefault(before);
    }
  }
}
