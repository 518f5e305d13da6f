package dev.belfry.addresses;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

class AddressListTests {

	private static final AddressList LIST = new AddressList("A list", 3);

	private final InputErrors errors = new InputErrors();

	@Test
	void takesEachAddressOnce() {
		assertThat(read("a@x.com, \"Doe\" <b@x.com>", "A@X.com")).containsExactly("a@x.com", "b@x.com");
		assertThat(this.errors.list()).isEmpty();
	}

	@Test
	void saysOfEachBadOneWhereItStands() {
		assertThat(read("a@x.com, b", "c")).containsExactly("a@x.com");

		assertThat(this.errors.list()).containsExactly(
				new UserError(UserErrorCode.INVALID,
						"Number 2 of the list, \"b\", is not an e-mail address: it has no @.", List.of("to", "0")),
				new UserError(UserErrorCode.INVALID, "\"c\" is not an e-mail address: it has no @.",
						List.of("to", "1")));
	}

	@Test
	void refusesMoreThanItHolds() {
		read("a@x.com, b@x.com, c@x.com, a@x.com");
		assertThat(this.errors.list()).isEmpty();

		read("a@x.com, b@x.com, c@x.com, d@x.com");
		read(String.join(",", IntStream.range(0, 13).mapToObj((i) -> "a@x.com").toList()));
		read("x".repeat(AddressList.LONGEST + 1));

		assertThat(this.errors.list()).extracting(UserError::message)
			.containsExactly("A list takes at most 3 addresses, not 4.", "A list takes at most 3 addresses, not 13.",
					"These may have at most 20,000 characters, names included.");
	}

	@Test
	void takesOneAddressWhereOnlyOneFits() {
		assertThat(readOne("Ann <ann@x.com>")).isEqualTo("ann@x.com");
		assertThat(this.errors.list()).isEmpty();

		assertThat(readOne(" ")).isNull();
		assertThat(readOne("a@x.com, b@x.com")).isNull();
		assertThat(readOne("nobody")).isNull();

		assertThat(this.errors.list()).extracting(UserError::message)
			.containsExactly("None.", "Several.", "\"nobody\" is not an e-mail address: it has no @.");
	}

	private List<String> read(String... texts) {
		return LIST.read(List.of(texts), this.errors.at("to"));
	}

	private String readOne(String text) {
		return AddressList.readOne(text, "Several.", "None.", this.errors.at("to"));
	}

}
