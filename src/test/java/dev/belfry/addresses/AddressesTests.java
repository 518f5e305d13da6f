package dev.belfry.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.addresses.Addresses.Typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AddressesTests {

	@ParameterizedTest
	@ValueSource(strings = { "a@x.com, \"Doe, Jane\" <j@y.com>", "a@x.com,j@y.com", " a@x.com ;\tj@y.com\u00a0",
			"a@x.com\nj@y.com", "a@x.com\r\nj@y.com\r\n", "<a@x.com>, Jane Doe <j@y.com>", ",, a@x.com, ;; j@y.com,",
			"\"A; \\\"the, B\\\" \\\\\" <a@x.com>; J < j@y.com >", "a@x.com <a@x.com>, \"<x@z.com>\" <j@y.com>",
			"名 <a@x.com>,\"\" <j@y.com>", "A \"B, C\" D <a@x.com>, j@y.com", "Doe, Ann <a@x.com>; Roe, Rick <j@y.com>",
			"Doe, Ann <a@x.com>, Roe, Rick, PhD <j@y.com>", "a@x.com j@y.com", "a@x.com\tj@y.com",
			"<a@x.com> <j@y.com>", "Ann <a@x.com> Rick <j@y.com>", "\"a@x.com\",\"j@y.com\"", "\"a@x.com, j@y.com\"",
			"\"\"\"Doe, Ann\"\" <a@x.com>\",j@y.com", "mailto:a@x.com, <MAILTO:j%40y.com?subject=Hi>",
			"\u200ba@x.com\u200b,\ufeffj@y.com\u202e", "a@x.com\u2028j@y.com", "a@x.com，j@y.com",
			"'a@x.com'; 'j@y.com'", "A <'a@x.com'>, <j@y.com\u200f>" })
	void readsWhatAPersonTypes(String text) {
		assertThat(good(text)).containsExactly("a@x.com", "j@y.com");
		assertThat(bad(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", " ; ,\r\n\t,", "\n\n" })
	void readsNothingWhereNothingStands(String text) {
		assertThat(Addresses.read(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jane", "Jane <>", "Jane <j@y.com", "j@y.com>", "Jane <<j@y.com>>", "\"Jane <j@y.com>",
			"\"Jane\\\" <j@y.com>", "j@y.com (Jane)", "Team: j@y.com", "Jane j@y.com", "j@y\u200b.com", "j@y.com\u0000",
			"o’brien@y.com", "mailto:?to=j@y.com", "mailto:j%4@y.com" })
	void keepsWhatIsNoAddressAsItStands(String text) {
		assertThat(Addresses.read("a@x.com," + text).get(1))
			.matches((typed) -> typed.text().equals(text) && typed.address() == null && typed.problem() != null);
		assertThat(Addresses.read("a@x.com," + text)).hasSize(2);
	}

	@Test
	void takesNobodyForAPartOfAName() {
		assertThat(bad("jane, j@y.com")).containsExactly("jane");
		assertThat(bad("jane; Rick <j@y.com>")).containsExactly("jane");
		assertThat(bad("<j@y.com> Jane")).containsExactly("Jane");
		assertThat(good("<j@y.com> Jane")).containsExactly("j@y.com");
	}

	@Test
	void takesOneWhereOnlyOneFits() {
		assertThat(Addresses.one(" Jane <J@BÜCHER.com> ")).isEqualTo("J@bücher.com");
		assertThatExceptionOfType(NoEmailAddress.class).isThrownBy(() -> Addresses.one("a@x.com, j@y.com"))
			.withMessage("there is more than one address.");
		assertThatExceptionOfType(NoEmailAddress.class).isThrownBy(() -> Addresses.one(" "));
		assertThatExceptionOfType(NoEmailAddress.class).isThrownBy(() -> Addresses.one("jane"))
			.withMessage("it has no @.");
	}

	@Test
	void endsAQuotationThatIsNotClosedWithItsLine() {
		assertThat(bad("\"Doe, Jane <j@y.com>, b@x.com\na@x.com")).containsExactly("\"Doe, Jane <j@y.com>, b@x.com");
		assertThat(good("\"Doe\\\na@x.com")).containsExactly("a@x.com");
	}

	@Test
	void leavesOutOtherSpellingsOfTheSameAddress() {
		assertThat(Addresses.distinct(List.of("Ann@Shop.example", "b@shop.example", "ann@shop.EXAMPLE",
				"a@bücher.example", "A@xn--bcher-kva.example")))
			.containsExactly("Ann@Shop.example", "b@shop.example", "a@bücher.example");
	}

	/** Promise 30. */
	@Test
	void readsAgainWhatItPrints() {
		Random random = new Random(4);
		for (int i = 0; i < 2_000; i++) {
			List<String> addresses = addresses(random);

			assertThat(good(Addresses.print(addresses))).isEqualTo(addresses);
			assertThat(bad(Addresses.print(addresses))).isEmpty();
		}
	}

	@Test
	void findsTheSameAddressesUnderAnyNamesAndBetweenAnySeparators() {
		Random random = new Random(5);
		for (int i = 0; i < 2_000; i++) {
			List<String> addresses = addresses(random);
			StringBuilder text = new StringBuilder();
			addresses.forEach((address) -> text.append(named(random, address))
				.append(pick(random, List.of(",", ";", "\n", "\r\n", " , ", ";;", ",\t"))));

			assertThat(good(text.toString())).as(text.toString()).isEqualTo(addresses);
			assertThat(bad(text.toString())).as(text.toString()).isEmpty();
		}
	}

	@Test
	void takesNoLongerForWhatIsMadeToTakeLong() {
		for (String part : List.of("\"", "\\\"", "<", "\"\\\"", "a<", ",", "a@a.", "a@", ".", "<>", "\" <")) {
			assertThat(good(part.repeat(20_000 / part.length()) + "\na@x.com")).contains("a@x.com");
		}
	}

	private static List<String> good(String text) {
		return Addresses.read(text).stream().map(Typed::address).filter(Objects::nonNull).toList();
	}

	private static List<String> bad(String text) {
		return Addresses.read(text).stream().filter((typed) -> typed.address() == null).map(Typed::text).toList();
	}

	private static List<String> addresses(Random random) {
		List<String> addresses = new ArrayList<>();
		for (int i = random.nextInt(6); i > 0; i--) {
			String localPart = word(random, "abcXYZ019!#$%&'*+-/=?^_`{|}~");
			String domain = pick(random,
					List.of("x.com", "shop.example", "straße.example", "例え.テスト", "a.b-c.d.example"));
			addresses.add((random.nextBoolean() ? localPart : localPart + "." + localPart) + "@" + domain);
		}
		return addresses;
	}

	private static String named(Random random, String address) {
		String word = word(random, "abcXYZ 019@.!'äλ名()[]:\u200b");
		String quoted = "\"" + word(random, "ab ,;<>@.äλ") + "\\\"\\\\" + word(random, "ab,;<>") + "\"";
		return switch (random.nextInt(5)) {
			case 0 -> "<" + address + ">";
			case 1 -> word + " <" + address + ">";
			case 2 -> quoted + " < " + address + " >";
			case 3 -> word + quoted + "<" + address + ">";
			default -> address;
		};
	}

	private static String word(Random random, String letters) {
		StringBuilder word = new StringBuilder();
		for (int i = 1 + random.nextInt(8); i > 0; i--) {
			word.append(letters.charAt(random.nextInt(letters.length())));
		}
		return word.toString();
	}

	private static <T> T pick(Random random, List<T> values) {
		return values.get(random.nextInt(values.size()));
	}

}
