package dev.belfry.addresses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EmailAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "ann@shop.example", "ann.b+c@a.b.example", "o'hara@shop.example", "ann@bücher.example",
			"ann@straße.example", "ann@例え.テスト", "a@b.co", "ann@col·legi.example", "ann@ılıca.example",
			"ann@3com.example", "!#$%&'*+-/=?^_`{|}~@shop.example", "a%0d%0aBcc%3ax@shop.example",
			"ann@xn--bcher-kva.example", "ANN@SHOP.EXAMPLE", "ann@xn--ls8h.example" })
	void takesOneAddress(String text) {
		assertThat(EmailAddress.isValid(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ann", "ann@", "@shop.example", "ann@shop", "a@b@c.example", "ann@-a.example",
			"ann@a-.example", "ann@shop..example", "ann@.shop.example", "ann@shop.example.", ".ann@shop.example",
			"ann.@shop.example", "a..b@shop.example", "Ann <ann@shop.example>", "<ann@shop.example>",
			"a@b.example,c@d.example", "a@b.example;c@d.example", "\"ann b\"@shop.example", "a\\b@shop.example",
			"ann@shop.example\r\nBcc: x@y.example", "a b@shop.example", "ann@shop.example ", " ann@shop.example",
			"ann@shop_1.example", "ann@shop/1.example", "ann@STRAẞE.example", "ann@\u03f2.example", "ann@א1a.example",
			"ann@a·b.example", "ann@xn--.example", "ann@127.0.0.1", "ann@[127.0.0.1]", "ann@shop.1" })
	void refusesEverythingElse(String text) {
		assertThat(EmailAddress.isValid(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, '\t', '\n', 0x0b, '\r', ' ', 0x7f, 0x85, 0xa0, 0xad, 0x200b, 0x200e, 0x200f, 0x2028,
			0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0x3000, 0xd800, 0xdfff, 0xfeff, 0xe000, 0xffff, 0xe0001 })
	void refusesWhatCannotBeSeenWhereverItStands(int hostile) {
		String text = "ann@shop.example";
		for (int place = 0; place <= text.length(); place++) {
			String address = new StringBuilder(text).insert(place, Character.toChars(hostile)).toString();

			assertThat(EmailAddress.isValid(address)).as("%x at %d", hostile, place).isFalse();
		}
	}

	/** Single letters that become a space, a dot, or a slash within a domain. */
	@ParameterizedTest
	@ValueSource(strings = { "ann@a\ufdfab.example", "ann@a\u2488b.example", "ann@a\u00bdb.example",
			"ann@a\u3002example", "ann@a\uff0eexample", "ann@\ufdfb.example" })
	void refusesADomainThatTurnsIntoSomethingElse(String text) {
		assertThat(EmailAddress.isValid(text)).isFalse();
	}

	/** Today these are kept, and no relay without SMTPUTF8 takes them. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			o’brien@shop.example  | "’" is not allowed before the @; use "'" instead.
			ann–lee@shop.example  | "–" is not allowed before the @; use "-" instead.
			pau·la@shop.example   | "·" is not allowed before the @; use letters from a to z, digits and some signs.
			jürgen@shop.example   | "ü" is not allowed before the @; use letters from a to z, digits and some signs.
			ann                   | it has no @.
			@shop.example         | the part before the @ is missing.
			ann@                  | the part after the @ is missing.
			ann@shop              | "shop" is not a complete domain such as shop.example.
			ann@shop_1.example    | "shop_1" cannot be a part of a domain.
			ann@shop..example     | "" cannot be a part of a domain.
			ann@127.0.0.1         | a domain does not end with a number.
			ann lee@shop.example  | it contains a space.
			.ann@shop.example     | before the @, a dot must be between other characters.
			ann@א1a.example       | "א1a.example" mixes left-to-right and right-to-left scripts.
			""")
	void saysWhatIsWrong(String text, String problem) {
		assertThat(EmailAddress.problem(text)).isEqualTo(problem);
	}

	@Test
	void saysWhichCharacterNobodySees() {
		assertThat(EmailAddress.problem("an\u200bn@shop.example"))
			.isEqualTo("it contains an invisible character (U+200B).");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			ann@shop.example              | ann@shop.example
			Ann.B+c@Shop.Example          | Ann.B+c@shop.example
			o'hara@shop.example           | o'hara@shop.example
			=?utf-8?q?ann?=@shop.example  | =?utf-8?q?ann?=@shop.example
			ann@BÜCHER.example            | ann@xn--bcher-kva.example
			ann@straße.example            | ann@xn--strae-oqa.example
			ann@例え.テスト                | ann@xn--r8jz45g.xn--zckzah
			ann@瘍瘊.example               | ann@xn--ztyf.example
			ann@ＳＨＯＰ.example            | ann@shop.example
			""")
	void isToldToTheRelayInAscii(String text, String address) {
		assertThat(EmailAddress.of(text).ascii()).isEqualTo(address);
	}

	@Test
	void makesNoOneDomainOfTwo() {
		assertThat(EmailAddress.key("a@straße.example")).isNotEqualTo(EmailAddress.key("a@strasse.example"));
		assertThat(EmailAddress.key("a@σίγμας.example")).isNotEqualTo(EmailAddress.key("a@σίγμασ.example"));
	}

	@Test
	void isKeptAsPeopleReadIt() {
		assertThat(EmailAddress.of("Ann@BÜCHER.Example").text()).isEqualTo("Ann@bücher.example");
		assertThat(EmailAddress.of("ann@xn--bcher-kva.example").text()).isEqualTo("ann@bücher.example");
		assertThat(EmailAddress.of("ann@xn--ls8h.example").text()).isEqualTo("ann@xn--ls8h.example");
	}

	@Test
	void takesAsManyCharactersAsMailServersDo() {
		assertThat(EmailAddress.isValid("a".repeat(64) + "@shop.example")).isTrue();
		assertThat(EmailAddress.isValid("a".repeat(65) + "@shop.example")).isFalse();
		assertThat(EmailAddress.isValid("a@" + "b".repeat(63) + ".example")).isTrue();
		assertThat(EmailAddress.isValid("a@" + "b".repeat(64) + ".example")).isFalse();
		assertThat(EmailAddress.isValid("a@" + "ü".repeat(64) + ".example")).isFalse();
		assertThat(EmailAddress.isValid(ofLength(254))).isTrue();
		assertThat(EmailAddress.isValid(ofLength(255))).isFalse();
		assertThat(EmailAddress.isValid("a@" + "b.".repeat(1_000_000) + "example")).isFalse();
	}

	@Test
	void knowsSpellingsOfOneAddress() {
		assertThat(EmailAddress.key("Ann@Bücher.Example")).isEqualTo("ann@xn--bcher-kva.example")
			.isEqualTo(EmailAddress.key("ann@XN--BCHER-KVA.example"));
		assertThat(EmailAddress.key("ann@shop.example")).isNotEqualTo(EmailAddress.key("an@nshop.example"));
	}

	/** It is found, compared and refused like any other, and loses nobody's turn. */
	@Test
	void hasAKeyForWhatWasTakenForAnAddressOnce() {
		assertThat(EmailAddress.key("O’Brien@Shop.example")).isEqualTo("o’brien@shop.example");
		assertThat(EmailAddress.spellings("O’Brien@Shop.example")).containsExactly("o’brien@shop.example");
	}

	private static String ofLength(int length) {
		String start = "a".repeat(64) + "@" + ("b".repeat(49) + ".").repeat(3);
		return start + "c".repeat(length - start.length() - ".example".length()) + ".example";
	}

}
