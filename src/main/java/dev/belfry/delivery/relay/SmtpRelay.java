package dev.belfry.delivery.relay;

import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.start.StartRefused;
import dev.belfry.values.OneLine;

/**
 * The relay that {@code spring.mail.*} names. What its properties leave open is set here:
 * 10 s to connect, 30 s for an answer, 30 s to send; Jakarta Mail would wait for ever.
 */
final class SmtpRelay {

	private static final String PROTOCOL = "smtp";

	private final JavaMailSenderImpl settings;

	private final Session session;

	private final URLName address;

	/**
	 * Reads the settings.
	 * @param watch ends what takes too long to send
	 */
	SmtpRelay(JavaMailSenderImpl settings, ScheduledExecutorService watch) {
		String protocol = (settings.getProtocol() != null) ? settings.getProtocol() : PROTOCOL;
		this.settings = settings;
		this.session = settings.getSession();
		this.address = new URLName(protocol, settings.getHost(), settings.getPort(), null, null, null);
		complete(this.session.getProperties(), "mail." + protocol + ".", watch);
	}

	RelayConnection newConnection() {
		return new RelayConnection(this.session, this.address);
	}

	/** Null when the relay is ready. */
	@Nullable AttemptOutcome open(RelayConnection connection) {
		return connection.open(this.settings.getHost(), this.settings.getPort(), given(this.settings.getUsername()),
				given(this.settings.getPassword()));
	}

	private static void complete(Properties settings, String prefix, ScheduledExecutorService watch) {
		settings.putIfAbsent(prefix + "connectiontimeout", "10000");
		settings.putIfAbsent(prefix + "timeout", "30000");
		settings.putIfAbsent(prefix + "writetimeout", "30000");
		settings.putIfAbsent(prefix + "executor.writetimeout", watch);
		// The relay's answer to QUIT does not matter.
		settings.putIfAbsent(prefix + "quitwait", "false");
		if (!settings.containsKey(prefix + "socketFactory") && !settings.containsKey(prefix + "socketFactory.class")) {
			settings.put(prefix + "socketFactory", new RelaySocket.Factory());
			// Else Jakarta Mail tries again without it.
			settings.putIfAbsent(prefix + "socketFactory.fallback", "false");
		}
		from(settings, prefix + "from");
	}

	/**
	 * The address for bounces; {@code <>} for none. Default: the sender of e-mails.
	 */
	private static void from(Properties settings, String property) {
		String from = given(settings.getProperty(property));
		if (from == null || from.equals("<>")) {
			return;
		}
		try {
			settings.put(property, EmailAddress.ofSender(from).ascii());
		}
		catch (NoEmailAddress none) {
			throw new StartRefused("Bounces cannot go to \"" + OneLine.of(from) + "\": " + none.why(),
					"Set spring.mail.properties." + property + " to an address, for example bounces@example.com.");
		}
	}

	private static @Nullable String given(@Nullable String text) {
		return StringUtils.hasLength(text) ? text : null;
	}

}
