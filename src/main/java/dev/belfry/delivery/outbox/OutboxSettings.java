package dev.belfry.delivery.outbox;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.delivery.composing.FromAddress;
import dev.belfry.start.StartRefused;

/**
 * How e-mails are sent.
 *
 * @param from the sender; its domain is that of the message ids
 * @param dailyCap how many an account may queue on one day (UTC)
 * @param threads how many e-mails this node hands over at a time; 0 to hand over none
 * @param pollInterval how late an e-mail can be that another node queued
 * @param giveUpAfter how long an e-mail is tried
 * @param stuckAfter how long the oldest one that is due may wait until health says so
 * @param watchInterval how often those that wait are counted
 * @param capWatchInterval how often accounts are looked for that must be warned of their
 * daily cap
 */
@ConfigurationProperties("belfry.mail")
public record OutboxSettings(@DefaultValue("Belfry <notifications@localhost>") String from,
		@DefaultValue("2000") int dailyCap, @DefaultValue("8") int threads, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("4d") Duration giveUpAfter, @DefaultValue("10m") Duration stuckAfter,
		@DefaultValue("15s") Duration watchInterval, @DefaultValue("5s") Duration capWatchInterval) {

	private static final int MOST_THREADS = 256;

	public OutboxSettings {
		StartRefused.unless(dailyCap >= 0, "belfry.mail.daily-cap is " + dailyCap + ".",
				"Set it to how many e-mails an account may send on one day, 0 or more.");
		StartRefused.unless(threads >= 0 && threads <= MOST_THREADS, "belfry.mail.threads is " + threads + ".",
				"Set it to how many e-mails this node hands over at a time, 0 (none) to " + MOST_THREADS + ".");
		StartRefused.unlessPositive("belfry.mail.poll-interval", pollInterval);
		StartRefused.unlessPositive("belfry.mail.give-up-after", giveUpAfter);
		StartRefused.unlessPositive("belfry.mail.stuck-after", stuckAfter);
		StartRefused.unlessPositive("belfry.mail.watch-interval", watchInterval);
		StartRefused.unlessPositive("belfry.mail.cap-watch-interval", capWatchInterval);
	}

	/** The domain of the sender, in ASCII. */
	String domain() {
		return FromAddress.of(this.from).domain().ascii();
	}

}
