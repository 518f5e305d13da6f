package dev.belfry.delivery.composing;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.DomainName;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.start.StartRefused;
import dev.belfry.values.OneLine;

/** Where people reach Belfry, as {@code belfry.public-url} says it. */
final class PublicUrl {

	private PublicUrl() {
	}

	/**
	 * Without a slash at its end, an international domain in ASCII; null if none is set.
	 * Refuses to start with what leads nowhere.
	 */
	static @Nullable URI of(@Nullable URI setting) {
		if (setting == null || setting.toString().isEmpty()) {
			return null;
		}
		URI url = inAscii(setting);
		boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
		if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null
				|| url.getRawFragment() != null) {
			throw new StartRefused("Belfry cannot have the public address \"" + OneLine.of(setting.toString()) + "\".",
					"Set belfry.public-url to the public address of Belfry, for example https://notifications.example.com.");
		}
		return URI.create(url.toASCIIString().replaceFirst("/+$", ""));
	}

	/** An international domain is no host to {@link URI}, but all of an authority. */
	private static URI inAscii(URI setting) {
		String authority = setting.getRawAuthority();
		if (setting.getHost() != null || authority == null) {
			return setting;
		}
		int port = authority.matches(".*:[0-9]+") ? authority.lastIndexOf(':') : authority.length();
		try {
			String host = DomainName.of(authority.substring(0, port)).ascii();
			return URI.create(setting.toString().replace("//" + authority, "//" + host + authority.substring(port)));
		}
		catch (NoEmailAddress noDomain) {
			return setting;
		}
	}

}
