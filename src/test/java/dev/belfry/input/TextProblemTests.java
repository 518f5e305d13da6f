package dev.belfry.input;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextProblemTests {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n", "\u00a0", "\u00ad", "\u034f", "\u115f\u1160", "\u180e",
			"\u200b\u200c\u200d", "\u200e\u200f", "\u2028\u2029", "\u202e", "\u2060", "\u2066\u2069", "\u2800",
			"\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\udb40\udc41", "\udb40\udd00", " \u00a0\u200b\ufeff " })
	void requiresSomethingThatIsSeen(String blank) {
		assertThat(TextProblem.of(blank, 100)).isNotNull()
			.extracting(TextProblem::code)
			.isEqualTo(UserErrorCode.REQUIRED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET_ORDERS", "a", "-", "größe", "名", "\ud83d\ude00", "=1;drop/*" })
	void takesKeysOfWhatIsSeen(String key) {
		assertThat(TextProblem.ofKey(key, 100)).isNull();
		assertThat(TextProblem.ofId(key, 100)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a ", " a", "a\tb", "a\n", "a\u007f", "a\u0085b", "a\u00a0b", "a\u00ad", "a\u200bb",
			"a\u2028b", "a\u3000b", "a\ufe0f", "\ufeffa", "\u115fa", "a\u0000b" })
	void refusesIdsThatLookLikeOthers(String id) {
		assertThat(TextProblem.ofId(id, 100)).isNotNull()
			.extracting(TextProblem::code)
			.isEqualTo(UserErrorCode.INVALID);
		assertThat(TextProblem.ofKey(id, 100)).isNotNull();
	}

	@Test
	void takesPlainSpacesWithinIdsAlone() {
		assertThat(TextProblem.ofId("run 1 of 2", 100)).isNull();
		assertThat(TextProblem.ofKey("GET ORDERS", 100)).isNotNull()
			.extracting(TextProblem::code)
			.isEqualTo(UserErrorCode.INVALID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "\u00a0a", "a\u200b", "0", ".", "_", "\u00e9", "\u540d", "\u0639", "\u3131", "\u2801",
			"\u0301", "\u2764\ufe0f", "\ud83d\udc69\u200d\ud83d\udcbb" })
	void takesWhateverIsSeen(String seen) {
		assertThat(TextProblem.of(seen, 100)).isNull();
	}

}
