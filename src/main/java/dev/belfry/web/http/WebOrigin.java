package dev.belfry.web.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.DomainName;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.values.OneLine;

/**
 * Where a page comes from, as browsers tell it (RFC 6454). {@code ws} and {@code wss} are
 * the {@code http} and {@code https} that a socket begins with.
 *
 * @param host in lower case and ASCII
 */
record WebOrigin(boolean secure, String host, int port) {

	private static final Pattern TEXT = Pattern
		.compile("(http|ws)(s?)://(\\[[0-9a-f:.]+]|[^\\s:/?#@\\[\\]]+)(?::([0-9]{1,5}))?(?:[/?#].*)?");

	/** Of an origin, or of any URL; null if it is neither. */
	static @Nullable WebOrigin of(String url) {
		Matcher parts = TEXT.matcher(url.toLowerCase(Locale.ROOT));
		if (!parts.matches()) {
			return null;
		}
		boolean secure = !parts.group(2).isEmpty();
		String port = parts.group(4);
		return new WebOrigin(secure, ascii(parts.group(3)),
				(port != null) ? Integer.parseInt(port) : secure ? 443 : 80);
	}

	/** As browsers write an international domain. */
	private static String ascii(String host) {
		if (OneLine.isAscii(host)) {
			return host;
		}
		try {
			return DomainName.of(host).ascii();
		}
		catch (NoEmailAddress noDomain) {
			return host;
		}
	}

}
