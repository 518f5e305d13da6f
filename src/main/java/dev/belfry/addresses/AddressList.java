package dev.belfry.addresses;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.Addresses.Typed;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;
import dev.belfry.values.OneLine;

/**
 * Reads a list of e-mail addresses that came as texts, each of which may itself be a list
 * as people type it, and says all that is wrong with it.
 *
 * @param owner what has the list, for people: {@code "A notification"}
 * @param most how many addresses it may have
 */
public record AddressList(String owner, int most) {

	/** All texts together, in UTF-16 units. */
	public static final int LONGEST = 20_000;

	/** Times the addresses that may remain: before repetitions are left out. */
	private static final int MOST_TYPED = 4;

	/**
	 * The good addresses, each once.
	 * @param errors takes what is wrong with the texts
	 */
	public List<String> read(List<String> texts, InputErrors errors) {
		if (texts.stream().mapToLong(String::length).sum() > LONGEST) {
			errors.add(UserErrorCode.TOO_LONG, "These may have at most 20,000 characters, names included.");
			return List.of();
		}
		List<List<Typed>> typed = texts.stream().map(Addresses::read).toList();
		int number = typed.stream().mapToInt(List::size).sum();
		if (number > MOST_TYPED * this.most) {
			tooMany(number, errors);
			return List.of();
		}
		for (int i = 0; i < typed.size(); i++) {
			check(typed.get(i), errors.at(i));
		}
		List<String> addresses = Addresses
			.distinct(typed.stream().flatMap(List::stream).map(Typed::address).filter(Objects::nonNull).toList());
		if (addresses.size() > this.most) {
			tooMany(addresses.size(), errors);
		}
		return addresses;
	}

	/**
	 * The only address of a text, or null.
	 * @param ifSeveral what to say if there are more
	 * @param ifNone what to say if there is none
	 * @param errors takes what is wrong with the text
	 */
	public static @Nullable String readOne(String text, String ifSeveral, String ifNone, InputErrors errors) {
		if (text.length() > LONGEST) {
			errors.add(UserErrorCode.TOO_LONG, "This has more characters than an e-mail address may have.");
			return null;
		}
		List<Typed> typed = Addresses.read(text);
		String address = (typed.size() == 1) ? typed.get(0).address() : null;
		if (typed.isEmpty()) {
			errors.add(UserErrorCode.REQUIRED, ifNone);
		}
		else if (typed.size() > 1) {
			errors.add(UserErrorCode.INVALID, ifSeveral);
		}
		else if (address == null) {
			noAddress(quoted(typed.get(0)), typed.get(0), errors);
		}
		return address;
	}

	/** Places in a list that a person typed count from 1. */
	private static void check(List<Typed> typed, InputErrors errors) {
		for (int i = 0; i < typed.size(); i++) {
			if (typed.get(i).address() == null) {
				String shown = quoted(typed.get(i));
				noAddress((typed.size() > 1) ? "Number " + (i + 1) + " of the list, " + shown + "," : shown,
						typed.get(i), errors);
			}
		}
	}

	private static void noAddress(String place, Typed typed, InputErrors errors) {
		errors.add(UserErrorCode.INVALID, place + " is not an e-mail address: " + typed.problem());
	}

	private void tooMany(int number, InputErrors errors) {
		errors.add(UserErrorCode.TOO_MANY,
				this.owner + " takes at most " + this.most + " addresses, not " + number + ".");
	}

	private static String quoted(Typed typed) {
		return "\"" + OneLine.shown(typed.text()) + "\"";
	}

}
