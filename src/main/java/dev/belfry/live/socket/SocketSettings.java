package dev.belfry.live.socket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient a socket is.
 *
 * @param initTimeout how long a client may take to show its token
 * @param keepAlive how long a client may be silent before it is sent a ping; after two
 * that are not answered it is cut
 * @param operations how many operations a client may run at a time
 */
@ConfigurationProperties("belfry.socket")
record SocketSettings(@DefaultValue("5s") Duration initTimeout, @DefaultValue("20s") Duration keepAlive,
		@DefaultValue("100") int operations) {
}
