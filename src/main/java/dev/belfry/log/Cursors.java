package dev.belfry.log;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Installation;
import dev.belfry.accounts.Seal;
import dev.belfry.platform.Refusal;
import dev.belfry.platform.SortKey;

/**
 * The opaque cursors of an account's log. A position has one cursor, which also carries
 * the log's epoch: a cursor from before a restore is not one of the log as it is now.
 */
@Component
public class Cursors {

	private static final char KIND = 'c';

	private final Seal seal;

	private final Installation installation;

	Cursors(Seal seal, Installation installation) {
		this.seal = seal;
		this.installation = installation;
	}

	public String encode(AccountId account, long position) {
		byte[] content = ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(epoch()).putLong(position).array();
		return this.seal.seal(KIND, account, content);
	}

	/**
	 * The position that the cursor given as this argument names, null if none is given.
	 * Fails with a {@link Refusal} that names the argument.
	 */
	public @Nullable Long position(AccountId account, @Nullable String cursor, String argument) {
		Long position = (cursor != null) ? decode(account, cursor) : null;
		if (cursor != null && position == null) {
			throw Refusal.cursorInvalid(argument);
		}
		return position;
	}

	/** Likewise, as the key of a page of the log. */
	public @Nullable SortKey key(AccountId account, @Nullable String cursor, String argument) {
		Long position = position(account, cursor, argument);
		return (position != null) ? SortKey.of(position) : null;
	}

	/** The position, or null if this is no cursor of this account's log and epoch. */
	public @Nullable Long decode(AccountId account, String cursor) {
		byte[] content = this.seal.open(KIND, account, cursor);
		if (content == null) {
			return null;
		}
		ByteBuffer bytes = ByteBuffer.wrap(content);
		return (bytes.getInt() == epoch()) ? bytes.getLong() : null;
	}

	private int epoch() {
		return this.installation.epoch().number();
	}

}
