package dev.belfry.accounts;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The opaque ids of things that have a number within their account. */
@Component
public class Ids {

	/**
	 * What an id can name. The letter is part of the id: change it, and stored ids stop
	 * working.
	 */
	public enum Kind {

		ACCOUNT('A'), USER('U'), BELL('B'), ORIGIN('O'), INTEGRATION('I'), JOB_NOTIFICATION('J'), PLATFORM_EVENT('E'),
		SETTINGS('S'),
		/** Its number is its place in the catalogue, from 0. */
		GLOBAL_NOTIFICATION('G'), DELIVERY('D'), SUPPRESSION('X'), ALERT('L'), RECIPIENT_LIST('R');

		private final char letter;

		Kind(char letter) {
			this.letter = letter;
		}

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
		byte[] content = this.seal.open(kind.letter, account, id);
		return (content != null) ? new BigInteger(content).longValueExact() : null;
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
