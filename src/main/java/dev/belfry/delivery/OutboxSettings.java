package dev.belfry.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mails are sent.
 *
 * @param from whom they come from; its domain is that of the message ids
 * @param dailyCap how many an account may queue on one day (UTC)
 * @param threads how many e-mails this node hands over at a time; 0 to hand over none
 * @param pollInterval how late an e-mail can be that another node queued
 * @param giveUpAfter how long an e-mail is tried
 * @param stuckAfter how long the oldest one that is due may wait until health says so
 */
@ConfigurationProperties("belfry.mail")
record OutboxSettings(@DefaultValue("Belfry <notifications@localhost>") String from, @DefaultValue("2000") int dailyCap,
		@DefaultValue("8") int threads, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("4d") Duration giveUpAfter, @DefaultValue("10m") Duration stuckAfter) {

	/** The domain of the sender, which may be given with a display name. */
	String domain() {
		return this.from.substring(this.from.lastIndexOf('@') + 1).replace(">", "").strip();
	}

}
