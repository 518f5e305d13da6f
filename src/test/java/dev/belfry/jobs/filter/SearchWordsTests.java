package dev.belfry.jobs.filter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTests {

	@Test
	void ignoresCaseAccentsAndPunctuation() {
		assertThat(SearchWords.of("Crème BRÛLÉE, (Łódź) & Ørsted!")).containsExactlyInAnyOrder("creme", "brulee",
				"lodz", "orsted");
	}

	@Test
	void splitsReferencesIntoTheirParts() {
		assertThat(SearchWords.of("SKU-1234/ab_c")).containsExactlyInAnyOrder("sku", "1234", "ab", "c");
	}

	@Test
	void keepsWordsWithAnApostropheWhole() {
		assertThat(SearchWords.of("O'Brien’s")).containsExactly("obriens");
	}

	@Test
	void takesEachCharacterOfAScriptWithoutSpacesAsAWord() {
		assertThat(SearchWords.of("在庫 ABC")).containsExactlyInAnyOrder("在", "庫", "abc");
	}

	@Test
	void findsNoWordsInOperatorsEmojiAndLoneSurrogates() {
		assertThat(SearchWords.of("& | ! <-> :* '' \\ % 🎉 \ud800 \u0000")).isEmpty();
	}

	@Test
	void cutsEndlessWords() {
		assertThat(SearchWords.of("x".repeat(10_000))).containsExactly("x".repeat(SearchWords.LONGEST));
	}

}
