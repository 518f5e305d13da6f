package dev.belfry.delivery.suppression;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.Seal;
import dev.belfry.viewer.AccountId;

/**
 * The texts that let whoever gets an e-mail stop the next. Each carries all that it takes
 * and outlives what is kept of its e-mail; nobody else can read or make one.
 */
@Component
public class UnsubscribeTokens {

	private static final char KIND = 'N';

	private static final String SEPARATOR = "\n";

	private final Seal seal;

	UnsubscribeTokens(Seal seal) {
		this.seal = seal;
	}

	/** The token for the e-mails of an account to an address about a topic. */
	public String token(AccountId account, String address, Topic topic) {
		String content = String.join(SEPARATOR, Long.toString(account.value()), topic.key(), address);
		return this.seal.hide(KIND, content.getBytes(StandardCharsets.UTF_8));
	}

	/** Null if this is no token. */
	@Nullable Unsubscription read(String token) {
		byte[] content = this.seal.reveal(KIND, token);
		return (content != null) ? unsubscription(new String(content, StandardCharsets.UTF_8)) : null;
	}

	private static Unsubscription unsubscription(String content) {
		String[] parts = content.split(SEPARATOR, 3);
		return new Unsubscription(new AccountId(Long.parseLong(parts[0])), new Topic(parts[1]), parts[2]);
	}

	/** What a token identifies. */
	record Unsubscription(AccountId account, Topic topic, String address) {

		/** Enough for its owner to know it again. */
		String maskedAddress() {
			int first = this.address.offsetByCodePoints(0, 1);
			return this.address.substring(0, first) + "…" + this.address.substring(this.address.lastIndexOf('@'));
		}

	}

}
