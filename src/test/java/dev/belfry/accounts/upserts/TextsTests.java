package dev.belfry.accounts.upserts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTests {

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
