package dev.belfry.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.belfry.platform.Addresses.Typed;

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
	 * @param path where the texts stand in the input
	 * @param errors takes what is wrong
	 */
	public List<String> read(List<String> texts, List<String> path, Consumer<UserError> errors) {
		if (texts.stream().mapToLong(String::length).sum() > LONGEST) {
			errors.accept(new UserError(UserErrorCode.TOO_LONG,
					"These may have at most 20,000 characters, names included.", path));
			return List.of();
		}
		List<List<Typed>> typed = texts.stream().map(Addresses::read).toList();
		int number = typed.stream().mapToInt(List::size).sum();
		if (number > MOST_TYPED * this.most) {
			errors.accept(tooMany(number, path));
			return List.of();
		}
		for (int i = 0; i < typed.size(); i++) {
			check(typed.get(i), at(path, Integer.toString(i)), errors);
		}
		List<String> addresses = Addresses
			.distinct(typed.stream().flatMap(List::stream).map(Typed::address).filter(Objects::nonNull).toList());
		if (addresses.size() > this.most) {
			errors.accept(tooMany(addresses.size(), path));
		}
		return addresses;
	}

	/**
	 * The only address of a text, or null.
	 * @param path where the text stands in the input
	 * @param ifSeveral what to say if there are more
	 * @param ifNone what to say if there is none
	 * @param errors takes what is wrong
	 */
	public static @Nullable String readOne(String text, List<String> path, String ifSeveral, String ifNone,
			Consumer<UserError> errors) {
		if (text.length() > LONGEST) {
			errors.accept(new UserError(UserErrorCode.TOO_LONG,
					"This has more characters than an e-mail address may have.", path));
			return null;
		}
		List<Typed> typed = Addresses.read(text);
		String address = (typed.size() == 1) ? typed.get(0).address() : null;
		if (typed.isEmpty()) {
			errors.accept(new UserError(UserErrorCode.REQUIRED, ifNone, path));
		}
		else if (typed.size() > 1) {
			errors.accept(new UserError(UserErrorCode.INVALID, ifSeveral, path));
		}
		else if (address == null) {
			errors.accept(noAddress(quoted(typed.get(0)), typed.get(0), path));
		}
		return address;
	}

	/** Places in a list that a person typed count from 1. */
	private static void check(List<Typed> typed, List<String> path, Consumer<UserError> errors) {
		for (int i = 0; i < typed.size(); i++) {
			if (typed.get(i).address() == null) {
				String shown = quoted(typed.get(i));
				errors
					.accept(noAddress((typed.size() > 1) ? "Number " + (i + 1) + " of the list, " + shown + "," : shown,
							typed.get(i), path));
			}
		}
	}

	private static UserError noAddress(String place, Typed typed, List<String> path) {
		return new UserError(UserErrorCode.INVALID, place + " is not an e-mail address: " + typed.problem(), path);
	}

	private UserError tooMany(int number, List<String> path) {
		return new UserError(UserErrorCode.TOO_MANY,
				this.owner + " takes at most " + this.most + " addresses; these are " + number + ".", path);
	}

	private static String quoted(Typed typed) {
		return "\"" + OneLine.shown(typed.text()) + "\"";
	}

	private static List<String> at(List<String> path, String more) {
		List<String> longer = new ArrayList<>(path);
		longer.add(more);
		return List.copyOf(longer);
	}

}
