package dev.belfry.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EmailAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "ann@shop.example", "ann.b+c@a.b.example", "o'hara@shop.example", "ann@bücher.example",
			"名@例え.テスト", "a@b.co", "ann@3com.example", "!#$%&'*+-/=?^_`{|}~@shop.example", "a%0d%0aBcc%3ax@shop.example",
			"ann@xn--bcher-kva.example", "ANN@SHOP.EXAMPLE", "\ud83d\ude00@shop.example" })
	void takesOneAddress(String text) {
		assertThat(EmailAddress.isValid(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ann", "ann@", "@shop.example", "ann@shop", "a@b@c.example", "ann@-a.example",
			"ann@a-.example", "ann@shop..example", "ann@.shop.example", "ann@shop.example.", ".ann@shop.example",
			"ann.@shop.example", "a..b@shop.example", "Ann <ann@shop.example>", "<ann@shop.example>",
			"a@b.example,c@d.example", "a@b.example;c@d.example", "\"ann b\"@shop.example", "a\\b@shop.example",
			"ann@shop.example\r\nBcc: x@y.example", "a b@shop.example", "ann@shop.example ", " ann@shop.example",
			"ann@shop_1.example", "ann@shop/1.example", "ann@127.0.0.1", "ann@[127.0.0.1]", "ann@shop.1" })
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

	@Test
	void takesAsManyCharactersAsMailServersDo() {
		assertThat(EmailAddress.isValid("a".repeat(64) + "@shop.example")).isTrue();
		assertThat(EmailAddress.isValid("a".repeat(65) + "@shop.example")).isFalse();
		assertThat(EmailAddress.isValid("ä".repeat(32) + "@shop.example")).isTrue();
		assertThat(EmailAddress.isValid("ä".repeat(33) + "@shop.example")).isFalse();
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
		assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.key("ann"));
	}

	private static String ofLength(int length) {
		String start = "a".repeat(64) + "@" + ("b".repeat(49) + ".").repeat(3);
		return start + "c".repeat(length - start.length() - ".example".length()) + ".example";
	}

}
