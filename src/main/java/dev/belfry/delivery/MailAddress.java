package dev.belfry.delivery;

import java.net.IDN;
import java.util.Locale;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Seal;

/**
 * An address as the outbox knows it. Two ways to write the same one, in other letters of
 * case or with the domain in another script, are one.
 *
 * @param domain in lower case and in ASCII
 */
record MailAddress(String local, String domain) {

	/** For keyed hashes of addresses; changing it forgets what is suppressed. */
	private static final char KEY = '@';

	static MailAddress of(String address) {
		int at = address.lastIndexOf('@');
		return new MailAddress(address.substring(0, Math.max(at, 0)), ascii(address.substring(at + 1)));
	}

	/** What it is found by, also after it has been erased. */
	String key(Seal seal, AccountId account) {
		return seal.hash(KEY, account, this.local.toLowerCase(Locale.ROOT) + "@" + this.domain);
	}

	private static String ascii(String domain) {
		try {
			return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException odd) {
			return domain.toLowerCase(Locale.ROOT);
		}
	}

}
