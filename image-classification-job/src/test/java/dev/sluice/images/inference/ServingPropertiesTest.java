package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.images.decoding.Preprocessing;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingPropertiesTest {
  @Test
  void defaultsAreThoseOfDjl() throws Exception {
    ServingProperties properties = of("resize=true");

    assertThat(properties.preprocessing().width).isEqualTo(224);
    assertThat(properties.preprocessing().height).isEqualTo(224);
    assertThat(properties.applySoftmax()).isFalse();
    assertThat(properties.synsetFileName()).isEqualTo("synset.txt");
    assertThat(properties.modelName()).isNull();
  }

  @Test
  void readsEveryKeyThatItUnderstands() throws Exception {
    ServingProperties properties =
        of(
            "width=64;height=48;resize=80,60,BILINEAR;centerCrop=true;toTensor=true;"
                + "normalize=0.1,0.2,0.3,0.4,0.5,0.6;applySoftmax=true;synsetFileName=c.txt;"
                + "option.modelName=m;engine=PyTorch;topK=5");

    Preprocessing preprocessing = properties.preprocessing();
    assertThat(preprocessing.width).isEqualTo(64);
    assertThat(preprocessing.height).isEqualTo(48);
    assertThat(preprocessing.keptShortSide()).isEqualTo(128);
    assertThat(properties.applySoftmax()).isTrue();
    assertThat(properties.synsetFileName()).isEqualTo("c.txt");
    assertThat(properties.modelName()).isEqualTo("m");
  }

  @Test
  void takesTheNumbersOfTheModelZoo() throws Exception {
    Preprocessing preprocessing =
        of("width=224.0;height=224.0;resize=256.0;centerCrop=true").preprocessing();

    assertThat(preprocessing.width).isEqualTo(224);
    assertThat(preprocessing.keptShortSide()).isEqualTo(512);
  }

  @Test
  void ignoresKeysOfDjlServingThatChangeNoResult() throws Exception {
    assertThat(of("resize=true;batch_size=8;minWorkers=1;job_queue_size=5").preprocessing().width)
        .isEqualTo(224);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pad",
        "flag",
        "centerFit",
        "range",
        "batchifier",
        "synset",
        "synsetUrl",
        "translator",
        "normalise"
      })
  void refusesKeysThatWouldChangeTheResult(String key) {
    assertThatThrownBy(() -> of("resize=true;" + key + "=x"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith("Keys [" + key + "] of serving.properties not supported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "engine=OnnxRuntime | engine | must be 'PyTorch'",
        "toTensor=false | toTensor | must be 'true'",
        "translatorFactory=my.Own | translatorFactory | ImageClassificationTranslatorFactory",
        "width=0 | width | between 1 and 4096",
        "width=-3 | width | between 1 and 4096",
        "width=1e12 | width | between 1 and 4096",
        "width=NaN | width | between 1 and 4096",
        "height=tall | height | must be a number",
        "resize=256 | centerCrop | unless resize gives the input",
        "resizeShort=256 | centerCrop | must be 'true'",
        "width=224 | centerCrop | must be 'true'",
        "resize=true;centerCrop=yes | centerCrop | must be 'true' or 'false'",
        "resize=true;applySoftmax=1 | applySoftmax | must be 'true' or 'false'",
        "resize=true;resizeShort=256 | resizeShort | excludes 'resize'",
        "resize=256,256,BICUBIC;centerCrop=true | resize | BILINEAR",
        "resize=256,256,BILINEAR,1;centerCrop=true | resize | BILINEAR",
        "resize=,;centerCrop=true | resize | must be a number",
        "resizeShort=256,512;centerCrop=true | resizeShort | no limit on the long side",
        "resizeShort=256,-1,AREA;centerCrop=true | resizeShort | BILINEAR",
        "resize=true;normalize=1,2,3 | normalize | three means and three deviations",
        "resize=true;normalize=yes | normalize | three means and three deviations",
        "resize=true;normalize=0,0,0,a,1,1 | normalize | six numbers",
        "resize=true;normalize=0,0,0,0,1,1 | normalize | deviations greater than 0",
        "resize=true;normalize=0,NaN,0,1,1,1 | normalize | must be finite",
      })
  void refusesWhatItCannotDoNamingKeyAndRule(String keys, String key, String rule) {
    assertThatThrownBy(() -> of(keys))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith("Key '" + key + "' of serving.properties ")
        .hasMessageContaining(rule)
        .hasMessageContaining(", but was '");
  }

  private static ServingProperties of(String text) throws Exception {
    Map<String, String> keys = new HashMap<>();
    for (String pair : text.split(";", -1)) {
      keys.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return new ServingProperties(keys);
  }
}
