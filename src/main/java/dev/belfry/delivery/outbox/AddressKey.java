package dev.belfry.delivery.outbox;

import java.net.IDN;
import java.util.Locale;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.ids.Seal;
import dev.belfry.viewer.AccountId;

/**
 * An address as the outbox knows it. Two ways to write the same one are one.
 *
 * @param spelling in lower case, the domain in ASCII
 */
public record AddressKey(String spelling) {

	/** For keyed hashes of addresses; changing it forgets what is suppressed. */
	private static final char KEY = '@';

	/** Also of what is no address, which fails when it is sent to. */
	public static AddressKey of(String address) {
		return new AddressKey(EmailAddress.key(address));
	}

	/** As it was known when domains went by the IDNA of 2003, which made one of two. */
	public static AddressKey once(String address) {
		int domain = address.lastIndexOf('@') + 1;
		try {
			return new AddressKey(address.substring(0, domain).toLowerCase(Locale.ROOT)
					+ IDN.toASCII(address.substring(domain), IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
						.toLowerCase(Locale.ROOT));
		}
		catch (IllegalArgumentException noDomain) {
			return new AddressKey(address.toLowerCase(Locale.ROOT));
		}
	}

	/** What it is found by, also after it has been erased. */
	public String key(Seal seal, AccountId account) {
		return seal.hash(KEY, account, this.spelling);
	}

	String domain() {
		return this.spelling.substring(this.spelling.lastIndexOf('@') + 1);
	}

}
