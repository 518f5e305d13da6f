package dev.belfry.delivery.mail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecipientTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			ann@shop.example              | ann@shop.example
			Ann.B+c@Shop.Example          | Ann.B+c@shop.example
			o'hara@shop.example           | o'hara@shop.example
			-ann@shop.example             | -ann@shop.example
			.ann@shop.example             | ".ann"@shop.example
			ann.@shop.example             | "ann."@shop.example
			a..b@shop.example             | "a..b"@shop.example
			a%0d%0ab@shop.example         | a%0d%0ab@shop.example
			=?utf-8?q?ann?=@shop.example  | =?utf-8?q?ann?=@shop.example
			ann@bücher.example            | ann@xn--bcher-kva.example
			ann@BÜCHER.example            | ann@xn--bcher-kva.example
			ann@xn--bcher-kva.example     | ann@xn--bcher-kva.example
			ann@例え.テスト                | ann@xn--r8jz45g.xn--zckzah
			ann@瘍瘊.example               | ann@xn--ztyf.example
			ann@localhost                 | ann@localhost
			""")
	void isToldToTheRelayInAscii(String text, String address) {
		assertThat(Recipient.of(text)).isEqualTo(new Recipient(address, false));
	}

	@ParameterizedTest
	@CsvSource({ "jürgen@shop.example,jürgen@shop.example", "名@例え.テスト,名@xn--r8jz45g.xn--zckzah",
			"瘍瘊@shop.example,瘍瘊@shop.example", ".ü@shop.example,'\".ü\"@shop.example'" })
	void isInUnicodeWhereThereIsNoOtherWay(String text, String address) {
		assertThat(Recipient.of(text)).isEqualTo(new Recipient(address, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "@", "ann", "ann@", "@shop.example", "a@b@shop.example", "ann@-shop.example",
			"ann@shop-.example", "ann@shop..example", "ann@shop.example.", "ann@.shop.example", "ann@shop_.example",
			"ann@[127.0.0.1]", "ann smith@shop.example", "\"ann\"@shop.example", "ann,bob@shop.example",
			"ann@shop.example,bob@shop.example", "ann;bob@shop.example", "<ann@shop.example>", "Ann <ann@shop.example>",
			"ann@shop.example>", "ann(a)@shop.example", "ann:bob@shop.example", "ann\\@shop.example",
			"ann\r@shop.example", "ann\n@shop.example", "ann\u0000@shop.example", "ann\u007f@shop.example",
			"ann\u0085@shop.example", "ann\u2028@shop.example", "ann\u200f@shop.example", "ann\u202e@shop.example",
			"ann\u00a0@shop.example", "ann\ud800@shop.example", "ann@shop\r\n.example", "ann@shop\u2028.example",
			"ann@shop.example\r\nRCPT TO:<bob@shop.example>", "ann@shop.example ", "ann@shop.exam\u0000ple",
			"ann@a\u2100b.example", "ann@straße.example", "ann@STRAẞE.example", "ann@xn--.example" })
	void isNobodyElse(String text) {
		assertThat(Recipient.of(text)).isNull();
	}

	@Test
	void takesAllCharactersThatNeedNoQuotes() {
		String address = "aZ0!#$%&'*+/=?^_`{|}~-.x@shop.example";

		assertThat(Recipient.of(address)).isEqualTo(new Recipient(address, false));
	}

	@Test
	void keepsToTheLongestThatSmtpTakes() {
		assertThat(Recipient.of("a".repeat(64) + "@shop.example")).isNotNull();
		assertThat(Recipient.of("a".repeat(65) + "@shop.example")).isNull();
		assertThat(Recipient.of("ü".repeat(32) + "@shop.example")).isNotNull();
		assertThat(Recipient.of("ü".repeat(33) + "@shop.example")).isNull();
		assertThat(Recipient.of("." + "a".repeat(62) + "@shop.example")).isNull();
		assertThat(Recipient.of("ann@" + "b".repeat(63) + ".example")).isNotNull();
		assertThat(Recipient.of("ann@" + "b".repeat(64) + ".example")).isNull();
		assertThat(Recipient.of(ofLength(254))).isNotNull();
		assertThat(Recipient.of(ofLength(255))).isNull();
	}

	private static String ofLength(int length) {
		String most = "ann@" + ("b".repeat(60) + ".").repeat(4);
		return most + "c".repeat(length - most.length());
	}

}
