package dev.belfry.templates;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.Formats;
import dev.belfry.viewer.AccountStyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** With {@code src/test/resources/mail/greeting*.properties}. */
class EmailTextsTests {

	private final EmailTexts texts = EmailTexts.of("greeting", EventField.text("name", "Name", "Of whom it greets."));

	@Test
	void areInTheLanguageOfTheirReader() {
		assertThat(greeting(Locale.GERMANY)).isEqualTo("Guten Tag, Ann.");
		assertThat(greeting(Locale.GERMAN)).isEqualTo("Guten Tag, Ann.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "en-US", "en-GB", "fr", "und", "ja-JP" })
	void areInEnglishWhereThereIsNoTranslation(String language) {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			assertThat(greeting(Locale.forLanguageTag(language))).isEqualTo("Hello, Ann.");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void takeFromEnglishWhatATranslationLeavesOut() {
		assertThat(this.texts.write("sign", Map.of(), formats(Locale.GERMANY))).isEqualTo("Belfry");
	}

	@Test
	void listFieldsOnceForAllLanguages() {
		assertThat(this.texts.paths("facts")).containsExactly("order.number", "order.total");
		assertThat(this.texts.paths("tables")).isEqualTo(List.of());
	}

	@Test
	void nameTheFileAndTheTextThatIsWrong() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> write("wrong"))
			.withMessageContaining("mail/greeting")
			.withMessageContaining("wrong")
			.withMessageContaining("\"nobody\" is not a field");
		assertThatExceptionOfType(MissingResourceException.class).isThrownBy(() -> write("missing"));
	}

	@Test
	void writeWhatIsLongerThanATenantMay() {
		String huge = "x".repeat(Template.MOST_BYTES + 1);

		assertThat(this.texts.write("hello", Map.of("name", huge), Formats.PLAIN)).contains(huge);
	}

	private String greeting(Locale locale) {
		return this.texts.write("hello", Map.of("name", "Ann"), formats(locale));
	}

	private void write(String key) {
		this.texts.write(key, Map.of("name", "Ann"), Formats.PLAIN);
	}

	private static Formats formats(Locale locale) {
		return new Formats(new AccountStyle("Northwind", ZoneOffset.UTC, locale));
	}

}
