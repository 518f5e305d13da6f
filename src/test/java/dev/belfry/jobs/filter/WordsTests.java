package dev.belfry.jobs.filter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@Test
	void ignoresCaseAccentsAndPunctuation() {
		assertThat(Words.of("Crème BRÛLÉE, (Łódź) & Ørsted!")).containsExactlyInAnyOrder("creme", "brulee", "lodz",
				"orsted");
	}

	@Test
	void splitsReferencesIntoTheirParts() {
		assertThat(Words.of("SKU-1234/ab_c")).containsExactlyInAnyOrder("sku", "1234", "ab", "c");
	}

	@Test
	void keepsWordsWithAnApostropheWhole() {
		assertThat(Words.of("O'Brien’s")).containsExactly("obriens");
	}

	@Test
	void takesEachCharacterOfAScriptWithoutSpacesAsAWord() {
		assertThat(Words.of("在庫 ABC")).containsExactlyInAnyOrder("在", "庫", "abc");
	}

	@Test
	void findsNoWordsInOperatorsEmojiAndLoneSurrogates() {
		assertThat(Words.of("& | ! <-> :* '' \\ % 🎉 \ud800 \u0000")).isEmpty();
	}

	@Test
	void cutsEndlessWords() {
		assertThat(Words.of("x".repeat(10_000))).containsExactly("x".repeat(Words.LONGEST));
	}

}
