package dev.belfry.live.socket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How patient a socket is.
 *
 * @param initTimeout how long a client may take to show its token
 * @param keepAlive how long a client may be silent before it is sent a ping; after two
 * that are not answered it is cut
 * @param operations how many operations a client may run at a time
 * @param messages how many frames a client may send in a second, over five seconds
 */
@ConfigurationProperties("belfry.socket")
record SocketSettings(@DefaultValue("5s") Duration initTimeout, @DefaultValue("20s") Duration keepAlive,
		@DefaultValue("100") int operations, @DefaultValue("1000") int messages) {

	SocketSettings {
		StartRefused.unless(messages > 0, "belfry.socket.messages is " + messages + ".", "Set it to a number above 0.");
	}

}
