package dev.belfry.web.connections;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import dev.belfry.input.Refusal;
import dev.belfry.viewer.AccountId;
import dev.belfry.web.connections.Callers.Tally;

/**
 * How many live connections (WebSockets, and streams of server-sent events) and
 * operations on them each token, account and address has at this node.
 */
@Component
@EnableConfigurationProperties(LiveLimits.class)
public class Seats {

	private final Callers tokens;

	private final Callers accounts;

	private final Callers addresses;

	Seats(LiveLimits limits, MeterRegistry metrics) {
		this.tokens = new Callers("token", "A token", limits.connectionsPerToken(), limits.operationsPerToken(),
				metrics);
		this.accounts = new Callers("account", "An account", limits.connectionsPerAccount(),
				limits.operationsPerAccount(), metrics);
		this.addresses = new Callers("address", "An address", limits.connectionsPerAddress(), 0, metrics);
	}

	/**
	 * Takes a seat for who comes from an address, to be closed with the connection. Fails
	 * with a {@link Refusal} if too many of that address are here.
	 */
	public Seat take(@Nullable InetSocketAddress from) {
		InetAddress address = (from != null) ? from.getAddress() : null;
		return new Seat(this, (address != null && this.addresses.areLimited()) ? this.addresses.join(address) : null);
	}

	/**
	 * Fails with a {@link Refusal} if another connection of the address, or with this
	 * token, would be one too many.
	 */
	public void refuseIfFull(@Nullable InetSocketAddress from, @Nullable String token) {
		if (from != null && from.getAddress() != null) {
			this.addresses.refuseIfFull(from.getAddress());
		}
		if (token != null) {
			this.tokens.refuseIfFull(named(token));
		}
	}

	Tally join(String token) {
		return this.tokens.join(named(token));
	}

	Tally join(AccountId account) {
		return this.accounts.join(account);
	}

	/** How many tokens, accounts and addresses are here. */
	int callers() {
		return this.tokens.size() + this.accounts.size() + this.addresses.size();
	}

	/**
	 * A token is not kept for as long as a connection is; what stands for it is short.
	 */
	private static Long named(String token) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
			return ByteBuffer.wrap(digest).getLong();
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

}
