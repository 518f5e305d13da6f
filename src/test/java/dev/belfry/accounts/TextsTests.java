package dev.belfry.accounts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTests {

	@ParameterizedTest
	@ValueSource(strings = { "ann@shop.example", "ann.b+c@a.b.example", "o'hara@shop.example", "ann@bücher.example",
			"名@例え.テスト" })
	void takesOneAddress(String text) {
		assertThat(Texts.isEmail(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ann", "ann@", "@shop.example", "ann@shop", "a@b@c.example", "ann@-a.example",
			"ann@shop..example", "Ann <ann@shop.example>", "a@b.example,c@d.example",
			"ann@shop.example\r\nBcc: x@y.example", "a b@shop.example", "ann@shop.example ", "a\0@shop.example" })
	void refusesEverythingElse(String text) {
		assertThat(Texts.isEmail(text)).isFalse();
	}

	@Test
	void refusesAnAddressThatIsTooLong() {
		assertThat(Texts.isEmail("a".repeat(65) + "@shop.example")).isFalse();
		assertThat(Texts.isEmail("a@" + "b".repeat(60).concat(".").repeat(5) + "example")).isFalse();
	}

	@Test
	void takesTimeZonesOfTheIanaDatabase() {
		assertThat(Texts.isTimeZone("America/Chicago")).isTrue();
		assertThat(Texts.isTimeZone("UTC")).isTrue();
		assertThat(Texts.isTimeZone("+02:00")).isFalse();
		assertThat(Texts.isTimeZone("america/chicago")).isFalse();
	}

	@Test
	void bringsLanguageTagsIntoTheirCanonicalForm() {
		assertThat(Texts.locale("en-us")).isEqualTo("en-US");
		assertThat(Texts.locale("zh-hant-tw")).isEqualTo("zh-Hant-TW");
		assertThat(Texts.locale("en_US")).isNull();
		assertThat(Texts.locale("")).isNull();
		assertThat(Texts.locale("x-private")).isNull();
	}

}
