package dev.belfry.web.connections;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How many live connections (WebSockets, and streams of server-sent events) one caller
 * may have at a node, and how many operations on them. 0: any number.
 *
 * @param connectionsPerToken live connections of one token
 * @param connectionsPerAccount live connections of all users of an account
 * @param connectionsPerAddress live connections of one address of clients
 * @param operationsPerToken operations that run on the live connections of one token
 * @param operationsPerAccount operations that run on those of an account
 * @param newcomers how many sockets may be open without a {@code connection_init}
 */
@ConfigurationProperties("belfry.live")
record LiveLimits(@DefaultValue("200") int connectionsPerToken, @DefaultValue("5000") int connectionsPerAccount,
		@DefaultValue("0") int connectionsPerAddress, @DefaultValue("2000") int operationsPerToken,
		@DefaultValue("20000") int operationsPerAccount, @DefaultValue("1000") int newcomers) {

	LiveLimits {
		check("connections-per-token", connectionsPerToken);
		check("connections-per-account", connectionsPerAccount);
		check("connections-per-address", connectionsPerAddress);
		check("operations-per-token", operationsPerToken);
		check("operations-per-account", operationsPerAccount);
		check("newcomers", newcomers);
	}

	private static void check(String name, int value) {
		StartRefused.unless(value >= 0, "belfry.live." + name + " is " + value + ".",
				"Set it to a number above 0, or to 0 for no limit.");
	}

}
