package dev.belfry.accounts.upserts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocaleAndZoneTests {

	@Test
	void takesTimeZonesOfTheIanaDatabase() {
		assertThat(LocaleAndZone.isTimeZone("America/Chicago")).isTrue();
		assertThat(LocaleAndZone.isTimeZone("UTC")).isTrue();
		assertThat(LocaleAndZone.isTimeZone("+02:00")).isFalse();
		assertThat(LocaleAndZone.isTimeZone("america/chicago")).isFalse();
	}

	@Test
	void bringsLanguageTagsIntoTheirCanonicalForm() {
		assertThat(LocaleAndZone.locale("en-us")).isEqualTo("en-US");
		assertThat(LocaleAndZone.locale("zh-hant-tw")).isEqualTo("zh-Hant-TW");
		assertThat(LocaleAndZone.locale("en_US")).isNull();
		assertThat(LocaleAndZone.locale("")).isNull();
		assertThat(LocaleAndZone.locale("x-private")).isNull();
	}

}
