package dev.belfry.viewer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.database.connections.Epoch;
import dev.belfry.input.Refusal;

/**
 * Who is asking, as the token says: a user of an account, or the platform, which has
 * neither.
 *
 * @param epoch in which account and user are known
 */
public record Viewer(@Nullable Account account, @Nullable User user, Set<String> scopes, Instant expiresAt,
		Epoch epoch) {

	/** The name under which the viewer is in the GraphQL context. */
	public static final String CONTEXT_KEY = "viewer";

	/**
	 * The account of a request that is about one; refused for the platform, which must
	 * name one instead.
	 */
	public AccountId accountId() {
		if (this.account == null) {
			throw Refusal.forbidden("A token of the platform has no account of its own. Use a token of an account.");
		}
		return this.account.accountId();
	}

	/** Whether both are the same user of the same account, or both the platform. */
	public boolean isSameAs(Viewer other) {
		return Objects.equals(idOf(this), idOf(other));
	}

	private static List<@Nullable Long> idOf(Viewer viewer) {
		return Arrays.asList((viewer.account != null) ? viewer.account.accountId().value() : null,
				(viewer.user != null) ? viewer.user.userId() : null);
	}

	/** Anyone of the account with the same scopes. */
	public Viewer withoutUser() {
		return new Viewer(this.account, null, this.scopes, this.expiresAt, this.epoch);
	}

	/**
	 * Refuses everyone but the platform: what is asked is about more than one account.
	 */
	public void requirePlatform() {
		if (this.account != null) {
			throw Refusal.forbidden("Only a token of the platform, bound to no account, may do this.");
		}
	}

	public void require(String scope) {
		if (!this.scopes.contains(scope)) {
			throw Refusal.missingScope(scope);
		}
	}

}
