package dev.belfry.ids;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;

/** The opaque ids of things that have a number within their account. */
@Component
public class Ids {

	/**
	 * What an id can name: a type of the schema. The letter is part of the id: change it,
	 * and stored ids stop working.
	 */
	public enum Kind {

		ACCOUNT('A', "Account"), USER('U', "User"), BELL('B', "Bell"), ORIGIN('O', "Origin"),
		INTEGRATION('I', "Integration"), JOB_NOTIFICATION('J', "JobNotification"), PLATFORM_EVENT('E', "PlatformEvent"),
		SETTINGS('S', "NotificationSettings"),
		/** Its number is its place in the catalogue, from 0. */
		GLOBAL_NOTIFICATION('G', "GlobalNotification"), DELIVERY('D', "Delivery"), SUPPRESSION('X', "Suppression"),
		ALERT('L', "Alert"), RECIPIENT_LIST('R', "RecipientList");

		private static final Map<Character, Kind> BY_LETTER = Arrays.stream(values())
			.collect(Collectors.toMap((kind) -> kind.letter, Function.identity()));

		private final char letter;

		private final String type;

		Kind(char letter, String type) {
			this.letter = letter;
			this.type = type;
		}

		public String type() {
			return this.type;
		}

	}

	/** What an id names. */
	public record Named(Kind kind, long number) {
	}

	private final Seal seal;

	public Ids(Seal seal) {
		this.seal = seal;
	}

	public String encode(Kind kind, AccountId account, long number) {
		return this.seal.seal(kind.letter, account, BigInteger.valueOf(number).toByteArray());
	}

	/** The id of an entry. */
	public String encode(AccountId account, Cause entry) {
		return encode(entry.log().entries(), account, entry.position());
	}

	/** The number, or null if this is no id of this kind and account. */
	public @Nullable Long decode(Kind kind, AccountId account, String id) {
		Named named = open(account, id);
		return (named != null && named.kind() == kind) ? named.number() : null;
	}

	/** What an id names, or null if it is none of this account. */
	public @Nullable Named open(AccountId account, String id) {
		Seal.Opened opened = this.seal.open(account, id);
		return (opened != null) ? named(opened) : null;
	}

	/** Null if something else is sealed, as in a cursor. */
	private static @Nullable Named named(Seal.Opened opened) {
		Kind kind = Kind.BY_LETTER.get(opened.kind());
		return (kind != null) ? new Named(kind, new BigInteger(opened.content()).longValueExact()) : null;
	}

	/** The entry, or null if this is no id of one of this account. */
	public @Nullable Cause decode(AccountId account, String id) {
		for (LogName log : LogName.values()) {
			Long position = decode(log.entries(), account, id);
			if (position != null) {
				return new Cause(log, position);
			}
		}
		return null;
	}

}
