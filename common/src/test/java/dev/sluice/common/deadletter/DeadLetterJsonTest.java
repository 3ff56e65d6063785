package dev.sluice.common.deadletter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterJsonTest {
  private static final String LINE =
      "{\"attemptsMade\":3,\"arrivalTimestamp\":1700000000123,\"errorCode\":\"object-vanished\","
          + "\"errorMessage\":\"Cannot open 'a'\",\"attemptEndingTimestamp\":1700000000456,"
          + "\"rawData\":\"AP+A\",\"stage\":\"read\",\"source\":\"s3://b/k\",\"sourceSize\":3}";

  @Test
  void isAPojoForFlink() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetter.class);
  }

  @Test
  void writesTheFieldsOfFirehoseFirstAndInAFixedOrder() throws IOException {
    DeadLetter letter =
        DeadLetter.builder("read", "object-vanished", "Cannot open 'a'")
            .from("s3://b/k", 3)
            .carrying(new byte[] {0, (byte) 0xff, (byte) 0x80})
            .afterAttempts(3)
            .between(1_700_000_000_123L, 1_700_000_000_456L)
            .build();

    assertThat(new String(DeadLetterJson.write(letter), US_ASCII)).isEqualTo(LINE);
    assertThat(DeadLetterJson.read(LINE.getBytes(US_ASCII))).isEqualTo(letter);
  }

  @Test
  void writesNullForAPayloadThatIsNotCarried() throws IOException {
    DeadLetter letter = DeadLetter.builder("read", "object-too-large", "m").from("k", 99).build();

    String line = new String(DeadLetterJson.write(letter), US_ASCII);

    assertThat(line).contains("\"rawData\":null").contains("\"sourceSize\":99");
    assertThat(DeadLetterJson.read(line.getBytes(US_ASCII)).rawData).isNull();
  }

  @Test
  void readsARecordOfFirehoseItself() throws IOException {
    String firehose =
        "{\"attemptsMade\":4,\"arrivalTimestamp\":1700000000123,"
            + "\"errorCode\":\"Lambda.FunctionError\",\"errorMessage\":\"failed\","
            + "\"attemptEndingTimestamp\":1700000000456,\"rawData\":\"aGVsbG8=\","
            + "\"lambdaArn\":\"arn\",\"dataCatalogTable\":{\"catalogId\":[1,{}]}}";

    DeadLetter letter = DeadLetterJson.read(firehose.getBytes(UTF_8));

    assertThat(letter.errorCode).isEqualTo("Lambda.FunctionError");
    assertThat(letter.rawData).asString(UTF_8).isEqualTo("hello");
    assertThat(letter.sourceSize).isEqualTo(5);
    assertThat(letter.stage).isEmpty();
  }

  @Test
  void readsARecordThatFirehoseCouldNotConvert() throws IOException {
    String firehose =
        "{\"attemptsMade\":1,\"arrivalTimestamp\":1700000000123,"
            + "\"lastErrorCode\":\"DataFormatConversion.MalformedData\","
            + "\"lastErrorMessage\":\"malformed\",\"attemptEndingTimestamp\":1700000000456,"
            + "\"rawData\":\"aGVsbG8=\",\"sequenceNumber\":\"1\",\"subSequenceNumber\":null,"
            + "\"dataCatalogTable\":{\"catalogId\":\"1\"}}";

    DeadLetter letter = DeadLetterJson.read(firehose.getBytes(UTF_8));

    assertThat(letter.errorCode).isEqualTo("DataFormatConversion.MalformedData");
    assertThat(letter.errorMessage).isEqualTo("malformed");
    assertThat(letter.rawData).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void carriesAPayloadAboveTheLimitOfTheJsonLibrary() throws IOException {
    byte[] payload = new byte[24 << 20];
    Arrays.fill(payload, (byte) 7);
    DeadLetter letter = DeadLetter.builder("s", "c", "m").carrying(payload).build();

    assertThat(DeadLetterJson.read(DeadLetterJson.write(letter)).rawData).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"errorCode\":1}",
        "{\"errorCode\":\"c\",\"attemptsMade\":\"x\"}",
        "{\"errorCode\":\"c\",\"attemptsMade\":4294967296}",
        "{\"errorCode\":\"c\",\"rawData\":\"secret*payload\"}",
        "{\"errorCode\":\"c\"}{\"errorCode\":\"c\"}",
        "{\"errorCode\":\"c\",\"errorMessage\":null}"
      })
  void refusesWhatIsNoDeadLetter(String line) {
    assertThatIOException()
        .isThrownBy(() -> DeadLetterJson.read(line.getBytes(UTF_8)))
        .withMessageStartingWith("Cannot read dead letter")
        .withMessageNotContaining("payload");
  }

  @Property
  void readsBackWhatItWroteAsOneLineOfAscii(@ForAll("letters") DeadLetter letter)
      throws IOException {
    byte[] line = DeadLetterJson.write(letter);

    assertThat(DeadLetterJson.read(line)).isEqualTo(letter);
    for (byte b : line) {
      assertThat(b).isBetween((byte) 0x20, (byte) 0x7f);
    }
  }

  @Property
  void cutLinesAreRefused(@ForAll("letters") DeadLetter letter, @ForAll int at) throws IOException {
    byte[] line = DeadLetterJson.write(letter);
    byte[] cut = Arrays.copyOf(line, Math.floorMod(at, line.length));

    assertThatIOException().isThrownBy(() -> DeadLetterJson.read(cut));
  }

  @Provide
  Arbitrary<DeadLetter> letters() {
    // All of UTF-16, lone surrogates included: an error message may quote anything.
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(20);
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(40).injectNull(0.2);
    Arbitrary<Long> millis = Arbitraries.longs();
    return Combinators.combine(Arbitraries.integers(), millis, text, text, bytes, text, text)
        .as(
            (attempts, time, code, message, raw, stage, source) ->
                new DeadLetter(
                    attempts,
                    time,
                    code,
                    message,
                    ~time,
                    raw,
                    stage,
                    source,
                    raw == null ? time >>> 1 : raw.length));
  }
}
